import QtQuick

// What is not as it should be: shape, words and colour. Takes no room while all is well. Stale
// status stands first, because then nothing else on the screen can be trusted.
Rectangle {
    id: strip

    readonly property bool shown: lane_model.stale || lane_model.alarm_count > 0
    height: shown ? Theme.px(46) : 0
    visible: shown
    color: Theme.ground

    Row {
        anchors { fill: parent; topMargin: Theme.px(4); leftMargin: Theme.px(10); rightMargin: Theme.px(10) }
        spacing: Theme.px(10)
        clip: true

        Rectangle {
            objectName: "stale_notice"
            visible: lane_model.stale
            height: parent.height
            width: stale_words.implicitWidth + Theme.px(28)
            radius: Theme.corner
            color: Theme.alarm
            Words {
                id: stale_words
                objectName: "stale_text"
                anchors.centerIn: parent
                text: "\u25B2 " + lane_model.stale_text
                font.bold: true
                color: Theme.on_fill
            }
        }
        Repeater {
            model: lane_model.alarms
            Rectangle {
                required property bool fault
                required property string title
                required property string text
                height: parent.height
                width: Math.min(row.implicitWidth + Theme.px(28), strip.width - Theme.px(20))
                radius: Theme.corner
                color: Theme.card
                border.width: 2
                border.color: fault ? Theme.alarm : Theme.attention
                opacity: lane_model.stale ? 0.5 : 1
                Row {
                    id: row
                    anchors.centerIn: parent
                    spacing: Theme.px(12)
                    Words {
                        text: (fault ? "\u25B2 " : "\u25CF ") + title
                        font.bold: true
                        color: fault ? Theme.alarm : Theme.attention
                    }
                    Words { text: parent.parent.text; color: Theme.ink }
                }
            }
        }
    }
}
