import QtQuick

// The lane in words: state, facts, what is not as it should be, the commands, the time.
Panel {
    id: strip
    radius: 0

    Column {
        id: state
        anchors { left: parent.left; leftMargin: Theme.px(10); verticalCenter: parent.verticalCenter }
        width: Theme.px(292)
        spacing: Theme.px(2)
        Words {
            text: lane_model.lane
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
        Words {
            objectName: "state_text"
            width: parent.width
            text: lane_model.state_text
            font.pixelSize: Theme.text_state
            font.bold: true
            font.italic: lane_model.stale
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.text_title
            color: lane_model.stale ? Theme.ink_second : Theme.ink
        }
        Words {
            objectName: "next_text"
            width: parent.width
            text: lane_model.next_text
            font.pixelSize: Theme.text_small
            font.italic: lane_model.stale
            color: Theme.ink_second
        }
    }

    Row {
        id: facts
        anchors { left: state.right; leftMargin: Theme.px(20); verticalCenter: parent.verticalCenter }
        spacing: Theme.px(22)
        clip: true
        width: commands.x - x - Theme.px(10)

        Fact {
            what: qsTr("Beam"); value: lane_model.beam; detail: lane_model.beam_detail
            standing_out: lane_model.beam_on; stale: lane_model.stale; width_max: Theme.px(150)
        }
        Fact {
            what: qsTr("Motion"); value: lane_model.motion; detail: lane_model.motion_detail
            stale: lane_model.stale; width_max: Theme.px(140)
        }
        Fact {
            what: qsTr("Search"); value: lane_model.search; stale: lane_model.stale
            width_max: Theme.px(130)
        }
        Fact {
            what: qsTr("Doors, curtains"); value: lane_model.doors; stale: lane_model.stale
            width_max: Theme.px(150)
        }
        Fact {
            what: qsTr("Lights, barriers"); value: lane_model.entry; detail: lane_model.exit
            stale: lane_model.stale; width_max: Theme.px(180)
        }
        Fact {
            what: qsTr("Dose"); value: lane_model.dose; detail: lane_model.scan_text
            stale: lane_model.stale; width_max: Theme.px(150)
        }
        Fact {
            what: qsTr("Portal"); value: lane_model.portal; stale: lane_model.stale
            width_max: Theme.px(150)
        }
        Fact {
            what: qsTr("Waiting"); value: lane_model.waiting; detail: lane_model.today
            stale: lane_model.stale; width_max: Theme.px(140)
        }
    }

    Row {
        id: commands
        anchors { right: clock.left; rightMargin: Theme.px(20); verticalCenter: parent.verticalCenter }
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
        spacing: Theme.px(2)
        Words { text: lane_model.local_time; font.pixelSize: Theme.text_fact }
        Words { text: lane_model.utc_time; font.pixelSize: Theme.text_small; color: Theme.ink_second }
        Words {
            width: parent.width
            text: operate.user
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
    }
}
