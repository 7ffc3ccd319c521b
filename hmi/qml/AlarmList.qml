import QtQuick

// Every alarm in full, what comes next, and the lane's facts without a word left out. F2 opens and
// closes it.
Panel {
    id: sheet
    objectName: "alarm_list"
    visible: operate.overlay === "alarms"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: title.implicitHeight + view.contentHeight + 3 * Theme.px(24)

    MouseArea { anchors.fill: parent; onWheel: function(event) { event.accepted = true } }
    Words {
        id: title
        anchors { left: parent.left; top: parent.top; margins: Theme.px(24) }
        text: lane_model.alarm_count === 0 ? qsTr("All devices in order")
                                           : qsTr("Not as it should be: %1").arg(lane_model.alarm_count)
        font.pixelSize: Theme.text_state
        font.bold: true
    }
    Words {
        anchors { right: parent.right; rightMargin: Theme.px(24); baseline: title.baseline }
        text: qsTr("F2 or Esc closes")
        color: Theme.ink_second
    }
    Flickable {
        id: view
        anchors { left: parent.left; right: parent.right; top: title.bottom; bottom: parent.bottom; margins: Theme.px(24) }
        contentHeight: column.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: column
            width: view.width
            spacing: Theme.px(12)
            AlarmTable { objectName: "alarm_table"; width: column.width; visible: alarm_model.served }
            Repeater {
                model: alarm_model.served ? null : lane_model.alarms
                Item {
                    id: alarm
                    required property bool fault
                    required property string title
                    required property string text
                    width: column.width
                    height: Math.max(Theme.px(24), alarm_title.implicitHeight, alarm_text.implicitHeight)
                    Words {
                        id: alarm_title
                        anchors.left: parent.left
                        width: parent.width * 0.4
                        text: (alarm.fault ? "\u25B2 " : "\u25CF ") + alarm.title
                        font.bold: true
                        wrapMode: Text.Wrap
                        color: alarm.fault ? Theme.alarm : Theme.attention
                    }
                    Words {
                        id: alarm_text
                        anchors { left: alarm_title.right; leftMargin: Theme.px(16); right: parent.right }
                        text: alarm.text
                        wrapMode: Text.Wrap
                    }
                }
            }
            Rectangle { width: parent.width; height: 1; color: Theme.rule }
            Repeater {
                model: [
                    { what: qsTr("Next"), value: lane_model.next_text },
                    { what: qsTr("Beam is not allowed because"), value: lane_model.beam_refused },
                    { what: qsTr("Beam"), value: lane_model.beam + ", " + lane_model.beam_detail },
                    { what: qsTr("Motion"), value: lane_model.motion + ", " + lane_model.motion_detail },
                    { what: qsTr("Search"), value: lane_model.search },
                    { what: qsTr("Doors, curtains"), value: lane_model.doors },
                    { what: qsTr("Lights, barriers"), value: lane_model.entry + "; " + lane_model.exit },
                    { what: qsTr("Portal"), value: lane_model.portal },
                    { what: qsTr("Driver panel"), value: lane_model.panel_text }
                ]
                Item {
                    id: fact
                    required property var modelData
                    visible: modelData.value !== ""
                    width: column.width
                    height: Math.max(Theme.px(24), fact_what.implicitHeight, fact_value.implicitHeight)
                    Words {
                        id: fact_what
                        anchors.left: parent.left
                        width: parent.width * 0.4
                        wrapMode: Text.Wrap
                        text: fact.modelData.what
                        color: Theme.ink_second
                    }
                    Words {
                        id: fact_value
                        anchors { left: fact_what.right; leftMargin: Theme.px(16); right: parent.right }
                        text: fact.modelData.value
                        old: lane_model.stale
                        wrapMode: Text.Wrap
                    }
                }
            }
        }
    }
    ScrollMark { list: view }
    Connections {
        target: operate
        function onScrolled(by) {
            if (sheet.visible)
                view.contentY = Math.max(0, Math.min(view.contentHeight - view.height, view.contentY + by * Theme.px(60)))
        }
    }
}
