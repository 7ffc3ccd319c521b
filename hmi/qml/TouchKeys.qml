import QtQuick

// Letters and digits for a finger, for machines whose system brings no keys of its own. They are
// not in the order of the Tab key: who has a keyboard does not need them.
Panel {
    id: keys
    property var field: null
    color: Theme.panel
    border { width: 2; color: Theme.edge }
    implicitHeight: column.implicitHeight + Theme.px(20)

    // The letters of the language, three rows as they lie on its keyboards.
    //: Letters as on a keyboard of the language: three rows, separated by blanks
    readonly property string letters: qsTr("QWERTYUIOP ASDFGHJKL ZXCVBNM")
    readonly property var rows: ("1234567890 " + letters).split(" ")

    MouseArea { anchors.fill: parent }
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(10) }
        spacing: Theme.px(6)
        Repeater {
            model: keys.rows
            Row {
                id: row
                required property string modelData
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Theme.px(6)
                Repeater {
                    model: row.modelData.split("")
                    PushButton {
                        required property string modelData
                        objectName: "touch_" + modelData
                        width: Theme.px(88); height: Theme.px(48)
                        label: modelData
                        onPressed: if (keys.field) keys.field.type(modelData)
                    }
                }
            }
        }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.px(6)
            Repeater {
                model: ["-", ",", "."]
                PushButton {
                    required property string modelData
                    width: Theme.px(88); height: Theme.px(48)
                    label: modelData
                    onPressed: if (keys.field) keys.field.type(modelData)
                }
            }
            PushButton {
                objectName: "touch_space"
                width: Theme.px(300); height: Theme.px(48)
                label: qsTr("Blank")
                onPressed: if (keys.field) keys.field.type(" ")
            }
            PushButton {
                objectName: "touch_erase"
                width: Theme.px(180); height: Theme.px(48)
                label: qsTr("Erase")
                onPressed: if (keys.field) keys.field.erase()
            }
        }
    }
}
