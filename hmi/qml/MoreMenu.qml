import QtQuick

Panel {
    id: menu
    visible: operate.overlay === "more"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: column.implicitHeight + Theme.px(40)

    MouseArea { anchors.fill: parent }
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
        spacing: Theme.px(12)
        Words { width: column.width; text: qsTr("More decisions"); font.pixelSize: Theme.text_state; font.bold: true }
        Repeater {
            model: [
                { key: "1", label: qsTr("Radiation secondary: handheld first, unopened"), urgent: false },
                { key: "2", label: qsTr("Other agency"), urgent: false },
                { key: "3", label: qsTr("Scan again"), urgent: false },
                { key: "4", label: qsTr("Isolate: stop, call, never open"), urgent: true }
            ]
            PushButton {
                required property var modelData
                width: column.width
                height: Theme.px(56)
                label: modelData.key + "   " + modelData.label
                allowed: operate.decisions_allowed || modelData.urgent
                onPressed: operate.trigger("digit_" + modelData.key)
            }
        }
        Words {
            width: parent.width
            text: operate.decision_blocked
            visible: text !== ""
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
        PushButton { anchors.left: parent.left; label: qsTr("Leave"); key_label: "Esc"; onPressed: operate.trigger("leave") }
    }
}
