import QtQuick

Rectangle {
    color: Theme.panel
    border.width: 1
    border.color: Theme.rule
    radius: Theme.corner
}
