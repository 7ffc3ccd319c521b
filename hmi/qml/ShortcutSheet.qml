import QtQuick

Panel {
    id: sheet
    objectName: "shortcut_sheet"
    visible: operate.overlay === "sheet"
    color: Theme.card
    border { width: 2; color: Theme.edge }

    MouseArea { anchors.fill: parent; onClicked: operate.trigger("leave") }
    Words {
        id: title
        anchors { left: parent.left; top: parent.top; margins: Theme.px(24) }
        text: qsTr("Keys")
        font.pixelSize: Theme.text_state
        font.bold: true
    }
    Words {
        anchors { right: parent.right; rightMargin: Theme.px(24); baseline: title.baseline }
        text: qsTr("Esc closes")
        color: Theme.ink_second
    }
    Grid {
        anchors { left: parent.left; right: parent.right; top: title.bottom; bottom: parent.bottom; margins: Theme.px(24) }
        flow: Grid.TopToBottom
        columns: 2
        rows: Math.ceil(operate.sheet.length / 2)
        columnSpacing: Theme.px(30)
        rowSpacing: Theme.px(8)
        Repeater {
            model: operate.sheet
            Row {
                id: line
                required property var modelData
                spacing: Theme.px(14)
                Rectangle {
                    width: Theme.px(78)
                    height: Theme.px(32)
                    radius: Theme.corner
                    color: Theme.panel
                    border { width: 1; color: Theme.edge }
                    Words { anchors.centerIn: parent; text: line.modelData.key }
                }
                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    width: (sheet.width - Theme.px(78)) / 2 - Theme.px(110)
                    text: line.modelData.text
                }
            }
        }
    }
}
