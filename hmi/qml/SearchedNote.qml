import QtQuick

// The case on the screen is one that was looked for: said as long as it is, with the way back.
Rectangle {
    id: note
    objectName: "searched_note"
    visible: operate.searched
    width: row.implicitWidth + Theme.px(24)
    height: row.implicitHeight + Theme.px(12)
    radius: Theme.corner
    color: Theme.card
    border { width: 2; color: Theme.edge }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.px(14)
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("From the search, not the lane's current case")
        }
        PushButton {
            objectName: "back_to_lane"
            label: qsTr("Back to the lane"); key_label: "Esc"
            onPressed: operate.show_bay(0)
        }
    }
}
