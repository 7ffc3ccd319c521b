import QtQuick

// A name, a value at its end, and a second line.
Column {
    id: row
    required property var modelData
    spacing: Theme.px(2)
    Item {
        width: row.width
        height: Math.max(name.implicitHeight, value.implicitHeight)
        Words {
            id: name
            anchors { left: parent.left; right: value.left; rightMargin: Theme.px(10) }
            text: row.modelData.name
            wrapMode: Text.Wrap
        }
        Words { id: value; anchors.right: parent.right; text: row.modelData.value }
    }
    Words {
        width: row.width
        visible: text !== ""
        text: row.modelData.detail
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
        wrapMode: Text.Wrap
    }
}
