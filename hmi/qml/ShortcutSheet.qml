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
        id: table
        anchors { left: parent.left; right: parent.right; top: title.bottom; bottom: parent.bottom; margins: Theme.px(24) }
        flow: Grid.TopToBottom
        columns: 3
        rows: Math.ceil(operate.sheet.length / columns)
        columnSpacing: Theme.px(24)
        // All of them in sight, however many there are.
        readonly property real line_height: Math.min(Theme.px(40), height / rows)
        Repeater {
            model: operate.sheet
            Item {
                id: line
                required property var modelData
                width: (table.width - 2 * table.columnSpacing) / 3
                height: table.line_height
                Rectangle {
                    id: key_cap
                    anchors { left: parent.left; verticalCenter: parent.verticalCenter }
                    width: Theme.px(78)
                    height: Math.min(Theme.px(32), parent.height - Theme.px(4))
                    radius: Theme.corner
                    color: Theme.panel
                    border { width: 1; color: Theme.edge }
                    Words { anchors.centerIn: parent; text: line.modelData.key }
                }
                Words {
                    anchors { left: key_cap.right; leftMargin: Theme.px(14); right: parent.right; verticalCenter: parent.verticalCenter }
                    wrapMode: Text.WordWrap
                    maximumLineCount: 2
                    lineHeight: 0.85
                    font.pixelSize: Theme.text_small
                    text: line.modelData.text
                }
            }
        }
    }
}
