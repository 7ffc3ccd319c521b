import QtQuick
import Portcullis 1.0

// What is not as it should be, in shape, words and colour, then what comes next. Always the same
// height: an alarm must not move the image under the officer's hand. Stale status stands first,
// because then nothing else on the screen can be trusted. Alarms that find no room are counted and
// listed in full on F2; what comes next keeps its place beside them.
Item {
    id: strip
    height: Theme.px(44)

    property int hidden_count: 0
    readonly property real gap: Theme.px(10)
    readonly property real start: stale_notice.visible ? stale_notice.width + gap : 0
    readonly property real next_width: next_words.visible
                                       ? Math.min(next_words.implicitWidth, line.width * 0.36) : 0
    readonly property real end: line.width - (next_width > 0 ? next_width + 2 * gap : 0)

    readonly property bool mirrored: LayoutMirroring.enabled

    // Places are counted from where lines begin.
    function place(item, from, width) { item.x = mirrored ? line.width - from - width : from }

    // Which alarms fit: the first always does, shortened if it must.
    function lay_out() {
        const more = more_button.implicitWidth + gap
        let x = start
        let hidden = 0
        for (let i = 0; i < chips.count; ++i) {
            const chip = chips.itemAt(i)
            if (chip === null)
                continue
            const left = end - x - (i < chips.count - 1 ? more : 0)
            const fits = hidden === 0 && (chip.wanted <= left || i === 0)
            chip.width = Math.max(0, Math.min(chip.wanted, left))
            place(chip, x, chip.width)
            chip.shown = fits
            if (fits)
                x += chip.width + gap
            else
                ++hidden
        }
        place(more_button, x, more_button.width)
        hidden_count = hidden
        next_words.from = x + (hidden > 0 ? more + gap : chips.count > 0 ? gap : 0)
    }
    function lay_out_soon() { Qt.callLater(lay_out) }
    onStartChanged: lay_out()
    onMirroredChanged: lay_out()
    onEndChanged: lay_out()
    Component.onCompleted: lay_out()

    Item {
        id: line
        anchors { left: parent.left; right: buttons.left; top: parent.top; bottom: parent.bottom
                  leftMargin: Theme.px(10); rightMargin: Theme.px(16); topMargin: Theme.px(6) }

        Rectangle {
            id: stale_notice
            objectName: "stale_notice"
            visible: lane_model.stale
            anchors.left: parent.left
            height: parent.height
            width: Math.min(stale_words.implicitWidth + Theme.px(28), parent.width * 0.6)
            radius: Theme.corner
            color: Theme.alarm
            Words {
                id: stale_words
                objectName: "stale_text"
                may_shorten: true
                anchors { left: parent.left; right: parent.right; margins: Theme.px(14); verticalCenter: parent.verticalCenter }
                text: "\u25B2 " + lane_model.stale_text
                font.bold: true
                color: Theme.on_fill
            }
        }
        Repeater {
            id: chips
            model: lane_model.alarms
            onItemAdded: strip.lay_out_soon()
            onItemRemoved: strip.lay_out_soon()
            Rectangle {
                id: alarm
                required property bool fault
                required property string title
                required property string text
                property bool shown: false
                readonly property real wanted: title_words.implicitWidth + Theme.px(28)
                                               + (text === "" ? 0 : text_words.implicitWidth + Theme.px(12))
                onWantedChanged: strip.lay_out_soon()
                objectName: "alarm_chip"
                visible: shown
                height: line.height
                radius: Theme.corner
                color: Theme.card
                border.width: 2
                border.color: fault ? Theme.alarm : Theme.attention
                opacity: lane_model.stale ? 0.6 : 1
                Words {
                    id: title_words
                    may_shorten: true  // in full on F2
                    anchors { left: parent.left; leftMargin: Theme.px(14); verticalCenter: parent.verticalCenter }
                    text: (alarm.fault ? "\u25B2 " : "\u25CF ") + alarm.title
                    width: Math.min(implicitWidth, alarm.width - Theme.px(28))
                    font.bold: true
                    color: alarm.fault ? Theme.alarm : Theme.attention
                }
                Words {
                    id: text_words
                    may_shorten: true
                    anchors { left: title_words.right; leftMargin: Theme.px(12); right: parent.right; rightMargin: Theme.px(14); verticalCenter: parent.verticalCenter }
                    visible: width > Theme.px(20)
                    text: alarm.text
                }
                MouseArea { anchors.fill: parent; onClicked: operate.trigger("alarms") }
            }
        }
        PushButton {
            id: more_button
            objectName: "more_alarms"
            visible: strip.hidden_count > 0
            implicitHeight: line.height
            label: qsTr("+%1 more").arg(Math.max(1, strip.hidden_count)); key_label: "F2"
            onPressed: operate.trigger("alarms")
        }
        Words {
            id: next_words
            objectName: "next_text"
            may_shorten: true
            anchors.verticalCenter: parent.verticalCenter
            visible: lane_model.next_text !== ""
            property real from: 0
            x: strip.mirrored ? line.width - from - width : from
            width: Math.max(0, Math.min(implicitWidth, line.width - from))
            text: qsTr("Next: %1").arg(lane_model.next_text)
            onImplicitWidthChanged: strip.lay_out_soon()
            old: lane_model.stale
            color: lane_model.stale ? Theme.ink_second : Theme.ink
        }
    }
    Row {
        id: buttons
        anchors { right: parent.right; rightMargin: Theme.px(10); top: parent.top; bottom: parent.bottom; topMargin: Theme.px(6) }
        spacing: Theme.px(8)
        // What the driver is shown, at its own place: it comes and goes at every step.
        Item {
            width: Theme.px(216)
            height: parent.height
            visible: lane_model.known
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("Driver panel: %1").arg(lane_model.panel_text)
            PanelSignItem {
                id: sign
                objectName: "panel_sign"
                width: Theme.px(32)
                height: Theme.px(32)
                anchors.verticalCenter: parent.verticalCenter
                pictogram: lane_model.panel_pictogram
                line: lane_model.stale ? Theme.ink_second : Theme.ink
            }
            Words {
                objectName: "panel_text"
                may_shorten: true
                anchors { left: sign.right; leftMargin: Theme.px(10); right: parent.right; verticalCenter: parent.verticalCenter }
                text: lane_model.panel_text
                font.pixelSize: Theme.text_small
                old: lane_model.stale
                wrapMode: Text.WordWrap
                maximumLineCount: 2
                lineHeight: 0.9
            }
        }
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
