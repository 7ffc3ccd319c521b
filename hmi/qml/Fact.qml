import QtQuick

// One fact of the lane strip: what, its value, and a second line. Without a second line the value
// may take both.
Column {
    id: fact

    property string what
    property string value
    property string detail
    property bool stale: false
    property bool standing_out: false

    spacing: Theme.px(2)
    height: Theme.px(77)

    Words {
        width: parent.width
        text: fact.what
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    Words {
        width: parent.width
        height: fact.detail === "" ? Theme.px(46) : Theme.px(24)
        text: fact.value
        font.pixelSize: Theme.text_fact
        font.bold: fact.standing_out
        font.italic: fact.stale
        fontSizeMode: fact.detail === "" ? Text.Fit : Text.HorizontalFit
        minimumPixelSize: Theme.text_small
        wrapMode: fact.detail === "" ? Text.WordWrap : Text.NoWrap
        maximumLineCount: fact.detail === "" ? 2 : 1
        color: fact.stale ? Theme.ink_second : Theme.ink
    }
    Words {
        width: parent.width
        visible: fact.detail !== ""
        text: fact.detail
        font.pixelSize: Theme.text_small
        font.italic: fact.stale
        color: Theme.ink_second
    }
}
