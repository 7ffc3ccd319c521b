import QtQuick

// Shows that a list goes on beyond its frame, and where in it one is. Nothing where all is seen.
Rectangle {
    required property Flickable list
    visible: list.contentHeight > list.height + 1
    anchors { right: list.right; rightMargin: -Theme.px(8) }
    y: list.y + list.height * list.visibleArea.yPosition
    width: Theme.px(5)
    height: Math.max(Theme.px(20), list.height * list.visibleArea.heightRatio)
    radius: Theme.corner
    color: Theme.edge
}
