import QtQuick

// Keep this scan as a reference that others are compared with. Ctrl R opens it.
Panel {
    id: card
    objectName: "reference_card"
    visible: operate.overlay === "reference"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: column.implicitHeight + Theme.px(40)

    MouseArea { anchors.fill: parent }
    Connections {
        target: operate
        function onReference_choice(number) { reference_model.choose(number) }
    }
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
        spacing: Theme.px(8)
        Words { width: column.width; text: qsTr("Keep as a reference"); font.pixelSize: Theme.text_state; font.bold: true; wrapMode: Text.Wrap }
        Words {
            width: column.width
            text: qsTr("Others are compared with it (Ctrl E). Choose what it shows as it ought to be:")
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            wrapMode: Text.Wrap
        }
        Repeater {
            model: reference_model.choices
            PushButton {
                required property int index
                required property string modelData
                objectName: "reference_" + (index + 1)
                width: column.width
                label: (index + 1) + "   " + modelData
                allowed: reference_model.allowed
                onPressed: reference_model.choose(index + 1)
            }
        }
        PushButton {
            objectName: "reference_0"
            width: column.width
            label: "0   " + qsTr("no reference any more")
            allowed: reference_model.allowed
            onPressed: reference_model.choose(0)
        }
        Words {
            objectName: "reference_blocked"
            width: column.width
            visible: text !== ""
            text: reference_model.blocked
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            wrapMode: Text.Wrap
        }
        Words {
            objectName: "reference_message"
            width: column.width
            visible: text !== ""
            text: reference_model.message
            wrapMode: Text.Wrap
        }
        PushButton { anchors.left: parent.left; label: qsTr("Leave"); key_label: "Esc"; onPressed: operate.trigger("leave") }
    }
}
