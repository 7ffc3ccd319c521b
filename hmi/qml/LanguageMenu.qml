import QtQuick

// The languages of the screen, each in its own words. F11 opens and closes it.
Panel {
    id: menu
    objectName: "language_menu"
    visible: operate.overlay === "language"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: column.implicitHeight + Theme.px(40)

    MouseArea { anchors.fill: parent }
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
        spacing: Theme.px(8)
        Words { width: column.width; text: qsTr("Language"); font.pixelSize: Theme.text_state; font.bold: true }
        Repeater {
            model: language.names
            PushButton {
                required property int index
                required property string modelData
                objectName: "language_" + (index + 1)
                width: column.width
                label: (index + 1) + "   " + modelData
                chosen: language.index === index
                onPressed: operate.trigger("digit_" + (index + 1))
            }
        }
        Words { width: column.width; text: qsTr("Pages"); font.pixelSize: Theme.text_state; font.bold: true }
        Repeater {
            model: [
                { page: "page_inspect", key: "F4", label: qsTr("Inspections") },
                { page: "page_supervise", key: "F12", label: qsTr("Supervise") }
            ]
            PushButton {
                required property var modelData
                objectName: "open_" + modelData.page
                width: column.width
                label: modelData.label; key_label: modelData.key
                allowed: operate.user !== "" && operate.page_allowed(modelData.page)
                onPressed: operate.trigger(modelData.page)
            }
        }
        PushButton { anchors.left: parent.left; label: qsTr("Leave"); key_label: "Esc"; onPressed: operate.trigger("leave") }
    }
}
