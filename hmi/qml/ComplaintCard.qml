import QtQuick

// "The image is unfit": a cause, with words where there are some. Y opens it; it decides nothing.
Panel {
    id: card
    objectName: "complaint_card"
    visible: operate.overlay === "unfit"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: column.implicitHeight + Theme.px(40)
    onVisibleChanged: remark.value = ""

    MouseArea { anchors.fill: parent }
    Connections {
        target: operate
        function onUnfit_cause(number) { complaint_model.send(number - 1, remark.value) }
    }
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
        spacing: Theme.px(8)
        Words { width: column.width; text: qsTr("The image is unfit"); font.pixelSize: Theme.text_state; font.bold: true; wrapMode: Text.Wrap }
        Words {
            width: column.width
            text: qsTr("Opens a ticket for maintenance; the case is decided as before.")
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            wrapMode: Text.Wrap
        }
        PageField { id: remark; objectName: "complaint_words"; width: column.width; says: qsTr("Words, if there are any") }
        Repeater {
            model: complaint_model.causes
            PushButton {
                required property int index
                required property string modelData
                objectName: "cause_" + (index + 1)
                width: column.width
                label: (index + 1) + "   " + modelData
                allowed: complaint_model.allowed
                onPressed: complaint_model.send(index, remark.value)
            }
        }
        Words {
            objectName: "complaint_message"
            width: column.width
            visible: text !== ""
            text: complaint_model.message
            wrapMode: Text.Wrap
        }
        PushButton { anchors.left: parent.left; label: qsTr("Leave"); key_label: "Esc"; onPressed: operate.trigger("leave") }
    }
}
