import QtQuick

// One declared item in one line where it fits, else its description below its code and figures.
// `compact`: in one line always, the description shortened and the packages left out; the code and
// the mass never are.
Item {
    id: item
    required property int index
    required property string hs_code
    required property string description
    required property string packages
    required property string mass
    property bool compact: false
    property int lines_max: 2

    readonly property real gap: Theme.px(12)
    readonly property bool one_line: code.width + measure.implicitWidth + packages_words.implicitWidth
                                     + mass_words.width + 3 * gap <= width
    readonly property bool below: !one_line && !compact

    height: Theme.px(24) + (below && description !== "" ? words.implicitHeight : 0)

    Words { id: measure; visible: false; text: item.description }
    Words {
        id: code
        anchors.left: parent.left
        may_shorten: true
        width: Math.min(Math.max(implicitWidth, case_model.long_codes ? Theme.px(124) : Theme.px(70)), item.width * 0.4)
        text: item.hs_code
    }
    Words {
        anchors { left: code.right; leftMargin: item.gap; right: item.one_line ? packages_words.left : mass_words.left; rightMargin: item.gap }
        visible: !item.below
        may_shorten: true  // in full on G
        text: item.description
    }
    Words {
        id: packages_words
        may_shorten: true
        anchors { right: mass_words.left; rightMargin: item.gap }
        width: Math.min(implicitWidth, Math.max(0, item.width - mass_words.width - code.width - 3 * item.gap))
        visible: item.one_line || item.below
        text: item.packages
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    Words {
        id: mass_words
        may_shorten: true
        anchors.right: parent.right
        width: Math.min(Math.max(Theme.px(84), implicitWidth), item.width * 0.4)
        horizontalAlignment: Text.AlignRight
        text: item.mass
    }
    Words {
        id: words
        may_shorten: true
        anchors { left: parent.left; right: parent.right; top: code.bottom }
        visible: item.below && text !== ""
        text: item.description
        font.pixelSize: Theme.text_small
        wrapMode: Text.Wrap
        maximumLineCount: item.lines_max
    }
}
