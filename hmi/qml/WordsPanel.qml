import QtQuick

// A titled list of rows that scrolls.
Panel {
    id: panel
    property string title
    property string none
    property var rows: []
    Words {
        id: title_words
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(12) }
        text: panel.title
        font.pixelSize: Theme.text_title
        font.bold: true
        wrapMode: Text.Wrap
    }
    Flickable {
        id: view
        anchors { left: parent.left; right: parent.right; top: title_words.bottom; bottom: parent.bottom; margins: Theme.px(12) }
        contentHeight: column.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: contentHeight > height
        Keys.onUpPressed: contentY = Math.max(0, contentY - Theme.px(60))
        Keys.onDownPressed: contentY = Math.max(0, Math.min(contentHeight - height, contentY + Theme.px(60)))
        Column {
            id: column
            width: view.width
            spacing: Theme.px(10)
            Words {
                width: parent.width
                visible: panel.rows.length === 0
                text: panel.none
                color: Theme.ink_second
                wrapMode: Text.Wrap
            }
            Repeater {
                model: panel.rows
                RowOfWords { width: column.width }
            }
        }
    }
    ScrollMark { list: view }
    Rectangle {
        anchors.fill: parent
        visible: view.activeFocus
        color: "transparent"
        border { width: 2; color: Theme.action }
        radius: Theme.corner
    }
}
