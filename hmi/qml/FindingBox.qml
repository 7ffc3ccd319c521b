import QtQuick

// A finding on the image: a frame in its colour between a black and a white casing, and its number.
// Its pane sees to clicks on it: a drag that begins on it moves the image like any other.
Item {
    id: box
    objectName: "box_" + number

    required property int index
    required property int number
    required property real score
    required property string answer
    required property int box_x
    required property int box_y
    required property int box_w
    required property int box_h

    readonly property bool selected: operate.selected_finding === index
    readonly property color tone: answer !== "none" ? "#bfc5c9"
                                                    : (score >= 0.8 ? Theme.alarm : Theme.attention)
    readonly property int line: selected ? Theme.px(3) : Theme.px(2)

    x: Math.round((box_x - view_state.origin_column) * view_state.scale) - Theme.px(6)
    y: Math.round((box_y - view_state.origin_row) * view_state.scale) - Theme.px(6)
    width: Math.max(Theme.px(24), Math.round(box_w * view_state.scale) + Theme.px(12))
    height: Math.max(Theme.px(24), Math.round(box_h * view_state.scale) + Theme.px(12))

    Rectangle {
        anchors { fill: parent; margins: -1 }
        color: "transparent"
        border { width: 1; color: Theme.casing_black }
    }
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border { width: box.line; color: box.tone }
    }
    Rectangle {
        anchors { fill: parent; margins: box.line }
        color: "transparent"
        border { width: 1; color: Theme.casing_white }
    }
    Rectangle {
        // Above its frame; within it where there is no picture above.
        x: -1
        y: box.y < height + 1 ? -1 : -height - 1
        width: Math.max(Theme.px(26), number_words.implicitWidth + Theme.px(12))
        height: Theme.px(26)
        color: box.tone
        border { width: 1; color: Theme.casing_black }
        Words {
            id: number_words
            anchors.centerIn: parent
            text: box.number
            font.pixelSize: Theme.text_body
            font.bold: true
            color: box.answer !== "none" ? "#1f2326" : Theme.on_fill
        }
    }
}
