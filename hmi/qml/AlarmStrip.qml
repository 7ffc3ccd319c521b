import QtQuick

// What is not as it should be, in shape, words and colour, then what comes next. Always the same
// height: an alarm must not move the image under the officer's hand. Stale status stands first,
// because then nothing else on the screen can be trusted.
Item {
    id: strip
    height: Theme.px(44)

    Row {
        id: row
        anchors { left: parent.left; right: buttons.left; top: parent.top; bottom: parent.bottom
                  leftMargin: Theme.px(10); rightMargin: Theme.px(10); topMargin: Theme.px(6) }
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
                id: alarm
                required property bool fault
                required property string title
                required property string text
                height: row.height
                width: Math.min(alarm_row.implicitWidth + Theme.px(28), Theme.px(1000))
                radius: Theme.corner
                color: Theme.card
                border.width: 2
                border.color: fault ? Theme.alarm : Theme.attention
                opacity: lane_model.stale ? 0.6 : 1
                clip: true
                Row {
                    id: alarm_row
                    anchors { left: parent.left; leftMargin: Theme.px(14); verticalCenter: parent.verticalCenter }
                    spacing: Theme.px(12)
                    Words {
                        text: (alarm.fault ? "\u25B2 " : "\u25CF ") + alarm.title
                        font.bold: true
                        color: alarm.fault ? Theme.alarm : Theme.attention
                    }
                    Words { text: alarm.text }
                }
            }
        }
        Words {
            objectName: "next_text"
            anchors.verticalCenter: parent.verticalCenter
            visible: lane_model.next_text !== ""
            width: Math.min(implicitWidth, row.width)
            text: qsTr("Next: %1").arg(lane_model.next_text)
            font.italic: lane_model.stale
            color: lane_model.stale ? Theme.ink_second : Theme.ink
        }
    }
    Row {
        id: buttons
        anchors { right: parent.right; rightMargin: Theme.px(10); top: parent.top; bottom: parent.bottom; topMargin: Theme.px(6) }
        spacing: Theme.px(8)
        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: !lane_model.stale && lane_model.alarm_count === 0 && lane_model.known
            text: qsTr("All devices in order")
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
        PushButton {
            visible: lane_model.allowed.indexOf("WARM_UP") >= 0
            implicitHeight: parent.height
            label: qsTr("Warm up"); key_label: "F6"
            onPressed: operate.trigger("warm_up")
        }
        PushButton {
            visible: lane_model.allowed.indexOf("CALIBRATE") >= 0
            implicitHeight: parent.height
            label: qsTr("Calibrate"); key_label: "F7"
            onPressed: operate.trigger("calibrate")
        }
    }
}
