import QtQuick

// What the next drag on the image draws: measurements, then annotations. Q opens and closes it.
Panel {
    id: menu
    objectName: "mark_menu"
    visible: operate.overlay === "marks"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: column.implicitHeight + Theme.px(40)

    MouseArea { anchors.fill: parent }
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
        spacing: Theme.px(8)
        Words { width: column.width; text: qsTr("Measure and annotate"); font.pixelSize: Theme.text_state; font.bold: true }
        Words {
            width: column.width
            text: qsTr("Choose, then drag on the image. Kept with the case.")
            wrapMode: Text.Wrap
            color: Theme.ink_second
        }
        Repeater {
            model: [
                { key: "1", label: qsTr("Length") },
                { key: "2", label: qsTr("Goods in a box: area, density, mass, material") },
                { key: "3", label: qsTr("Goods within a drawn line") },
                { key: "4", label: qsTr("Profile along a line") },
                { key: "5", label: qsTr("Box with words") },
                { key: "6", label: qsTr("Ellipse with words") },
                { key: "7", label: qsTr("Arrow with words") },
                { key: "8", label: qsTr("Words") }
            ]
            PushButton {
                required property var modelData
                objectName: "mark_" + modelData.key
                width: column.width
                label: modelData.key + "   " + modelData.label
                onPressed: operate.trigger("digit_" + modelData.key)
            }
        }
        PushButton { anchors.left: parent.left; label: qsTr("Leave"); key_label: "Esc"; onPressed: operate.trigger("leave") }
    }
}
