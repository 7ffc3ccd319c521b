import QtQuick

// The lane in words: state, facts, what is not as it should be, the commands, the time.
Panel {
    id: strip
    radius: 0

    Column {
        id: state
        anchors { left: parent.left; leftMargin: Theme.px(10); verticalCenter: parent.verticalCenter }
        width: Theme.px(310)
        spacing: Theme.px(2)
        Words {
            width: parent.width
            text: lane_model.lane
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
        Words {
            objectName: "state_text"
            width: parent.width
            height: Theme.px(58)
            text: lane_model.state_text.slice(0, 200)
            font.pixelSize: Theme.text_state
            font.bold: true
            old: lane_model.stale
            wrapMode: Text.WordWrap
            maximumLineCount: 3
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.text_small
            verticalAlignment: Text.AlignVCenter
            color: lane_model.stale ? Theme.ink_second : Theme.ink
        }
    }

    Row {
        id: facts
        anchors { left: state.right; leftMargin: Theme.px(12); right: commands.left; rightMargin: Theme.px(10)
                  verticalCenter: parent.verticalCenter }
        spacing: Theme.px(10)
        clip: true
        // Pixels for each of the 944 that the facts' widths below add up to; longer words on the
        // commands leave them less, but the dose is a figure and keeps its room.
        readonly property real share: Math.min(Theme.unit, Math.max(0, width - Theme.px(104) - 7 * spacing) / 944)

        // Fixed places: a fact that changes must not push its neighbours about.
        Fact {
            what: qsTr("Beam"); value: lane_model.beam; detail: lane_model.beam_detail
            standing_out: lane_model.beam_on; stale: lane_model.stale; width: facts.share * 124
        }
        Fact {
            what: qsTr("Motion"); value: lane_model.motion; detail: lane_model.motion_detail
            stale: lane_model.stale; width: facts.share * 124
        }
        Fact {
            what: qsTr("Search"); value: lane_model.search; stale: lane_model.stale
            width: facts.share * 104
        }
        Fact {
            what: qsTr("Doors, curtains"); value: lane_model.doors; stale: lane_model.stale
            width: facts.share * 168
        }
        Fact {
            what: qsTr("Lights, barriers"); value: lane_model.entry; detail: lane_model.exit
            stale: lane_model.stale; width: facts.share * 166
        }
        Fact {
            what: qsTr("Dose"); value: lane_model.dose; one_line: true; stale: lane_model.stale
            width: Theme.px(104)
        }
        Fact {
            what: qsTr("Portal"); value: lane_model.portal; stale: lane_model.stale
            width: facts.share * 132
        }
        Fact {
            what: qsTr("Waiting"); value: lane_model.waiting; detail: lane_model.today
            stale: lane_model.stale; width: facts.share * 126
        }
    }

    Row {
        id: commands
        anchors { right: clock.left; rightMargin: Theme.px(16); verticalCenter: parent.verticalCenter }
        spacing: Theme.px(8)
        PushButton {
            objectName: "start"
            label: qsTr("Start"); key_label: "F5"
            allowed: lane_model.allowed.indexOf("START") >= 0
            onPressed: operate.trigger("start")
        }
        PushButton {
            objectName: "stop"
            label: qsTr("Stop"); key_label: "F8"
            onPressed: operate.trigger("stop")
        }
        PushButton {
            objectName: "reset"
            label: qsTr("Reset"); key_label: "F9"
            allowed: lane_model.allowed.indexOf("RESET") >= 0
            onPressed: operate.trigger("reset")
        }
    }

    Column {
        id: clock
        anchors { right: parent.right; rightMargin: Theme.px(10); verticalCenter: parent.verticalCenter }
        width: Theme.px(116)
        height: Theme.px(77)
        spacing: Theme.px(2)
        Item {
            width: parent.width
            height: time_words.height
            Words { id: time_words; anchors.left: parent.left; text: lane_model.local_time; font.pixelSize: Theme.text_fact }
            Words {
                objectName: "language_code"
                anchors { right: parent.right; baseline: time_words.baseline }
                text: language.code.toUpperCase()
                font.pixelSize: Theme.text_small
                color: Theme.ink_second
            }
        }
        Words { width: parent.width; text: lane_model.utc_time; font.pixelSize: Theme.text_small; color: Theme.ink_second }
        Words {
            width: parent.width
            may_shorten: true
            text: operate.user
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
    }
    MouseArea { anchors.fill: clock; onClicked: operate.trigger("language") }
}
