import QtQuick

// One fact of the lane strip: what, its value, and a second line. Both wrap before anything of them
// is left out; without a second line the value may take its room too. In full on F2.
Column {
    id: fact

    property string what
    property string value
    property string detail
    property bool stale: false
    property bool standing_out: false
    property bool one_line: detail !== ""  // a figure is never broken

    height: Theme.px(82)

    Words {
        width: parent.width
        height: Theme.px(20)
        may_shorten: true
        text: fact.what
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    Words {
        width: parent.width
        height: fact.detail === "" ? Theme.px(61) : Theme.px(24)
        may_shorten: true
        text: fact.value.slice(0, 200)  // to fit text of any length takes seconds
        font.pixelSize: Theme.text_fact
        font.bold: fact.standing_out
        old: fact.stale
        fontSizeMode: fact.one_line ? Text.HorizontalFit : Text.Fit
        minimumPixelSize: Theme.text_small
        wrapMode: fact.one_line ? Text.NoWrap : Text.WordWrap
        maximumLineCount: fact.one_line ? 1 : 3
        color: fact.stale ? Theme.ink_second : Theme.ink
    }
    Words {
        width: parent.width
        visible: fact.detail !== ""
        may_shorten: true
        text: fact.detail.slice(0, 200)
        font.pixelSize: Theme.text_small
        old: fact.stale
        wrapMode: Text.WordWrap
        maximumLineCount: 2
        lineHeight: 0.95
        color: Theme.ink_second
    }
}
