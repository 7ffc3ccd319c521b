import QtQuick

// One fact of the lane strip: what, its value, and a second line.
Column {
    id: fact

    property string what
    property string value
    property string detail
    property bool stale: false
    property bool standing_out: false
    property int width_max: Theme.px(190)

    spacing: Theme.px(2)
    width: Math.min(width_max, Math.max(name.implicitWidth, value_words.implicitWidth,
                                        detail_words.implicitWidth))

    Words {
        id: name
        width: parent.width
        text: fact.what
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    Words {
        id: value_words
        width: parent.width
        text: fact.value
        font.pixelSize: Theme.text_fact
        font.bold: fact.standing_out
        font.italic: fact.stale
        color: fact.stale ? Theme.ink_second : Theme.ink
    }
    Words {
        id: detail_words
        width: parent.width
        text: fact.detail
        font.pixelSize: Theme.text_small
        font.italic: fact.stale
        color: Theme.ink_second
    }
}
