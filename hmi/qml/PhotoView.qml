import QtQuick

// One photo of an inspection, large, over the page. Arrows turn to the next one, Esc goes back.
Panel {
    id: view
    objectName: "photo_view"
    readonly property bool covers: true
    readonly property bool takes_leave: true
    property Item came_from
    visible: photo_model.opened >= 0
    color: Theme.ground
    border { width: 2; color: Theme.edge }
    onVisibleChanged: {
        if (visible) {
            came_from = Window.activeFocusItem
            back.forceActiveFocus()
        } else if (came_from) {
            came_from.forceActiveFocus()
        }
    }
    Keys.onEscapePressed: photo_model.close()
    Keys.onLeftPressed: photo_model.turn(-1)
    Keys.onRightPressed: photo_model.turn(1)

    MouseArea { anchors.fill: parent; onClicked: photo_model.close() }
    Image {
        objectName: "photo_large"
        anchors { left: parent.left; right: parent.right; top: parent.top; bottom: bar.top; margins: Theme.px(12) }
        source: photo_model.large
        fillMode: Image.PreserveAspectFit
        asynchronous: true
    }
    Words {
        objectName: "photo_note"
        visible: photo_model.note !== ""
        anchors.centerIn: parent
        width: parent.width - Theme.px(80)
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        font.pixelSize: Theme.text_title
        text: photo_model.note
    }
    Item {
        id: bar
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Theme.px(12) }
        height: Math.max(buttons.height, photo_title.implicitHeight)
        Words {
            id: photo_title
            objectName: "photo_title"
            anchors { left: parent.left; right: buttons.left; rightMargin: Theme.px(16); verticalCenter: parent.verticalCenter }
            text: photo_model.title
            wrapMode: Text.Wrap
        }
        Row {
            id: buttons
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            spacing: Theme.px(8)
            PageButton {
                objectName: "photo_before"
                label: qsTr("Photo before")
                allowed: photo_model.opened > 0
                onPressed: photo_model.turn(-1)
            }
            PageButton {
                objectName: "photo_after"
                label: qsTr("Next photo")
                allowed: photo_model.opened < photo_model.count - 1
                onPressed: photo_model.turn(1)
            }
            PageButton {
                id: back
                objectName: "photo_back"
                label: qsTr("Back"); key_label: "Esc"
                onPressed: photo_model.close()
            }
        }
    }
}
