import QtQuick

// The lane's alarm list: each alarm as it stands, the selected one with cause, consequence and what
// to do, then the log. A acknowledges, H shelves for a time with a reason or takes off the shelf.
Column {
    id: table
    spacing: Theme.px(10)

    Words { objectName: "alarm_rate"; width: table.width; text: alarm_model.rate; color: Theme.ink_second; wrapMode: Text.Wrap }
    Repeater {
        model: alarm_model.rows
        Rectangle {
            id: row
            required property int index
            required property string title
            required property string detail
            required property string cause
            required property string consequence
            required property string action
            required property string state_text
            required property string since
            required property bool fault
            required property bool open
            readonly property bool chosen: index === alarm_model.selected
            objectName: chosen ? "alarm_chosen" : "alarm_row"
            width: table.width
            height: body.implicitHeight + Theme.px(16)
            radius: Theme.corner
            color: Theme.card
            border { width: chosen ? 2 : 1; color: chosen ? Theme.ink : Theme.rule }
            MouseArea { anchors.fill: parent; onClicked: alarm_model.select(row.index) }
            Column {
                id: body
                anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(8); leftMargin: Theme.px(12); rightMargin: Theme.px(12) }
                spacing: Theme.px(4)
                Item {
                    width: body.width
                    height: Math.max(name.implicitHeight, stands.implicitHeight)
                    Words {
                        id: name
                        width: parent.width * 0.58
                        text: (row.open ? (row.fault ? "\u25B2 " : "\u25CF ") : "\u25CB ") + row.title
                              + (row.detail === "" ? "" : ": " + row.detail)
                        font.bold: row.open
                        wrapMode: Text.Wrap
                        color: !row.open ? Theme.ink_second : row.fault ? Theme.alarm : Theme.attention
                    }
                    Words {
                        id: stands
                        anchors { left: name.right; leftMargin: Theme.px(16); right: parent.right }
                        text: row.since + "   " + row.state_text
                        wrapMode: Text.Wrap
                        color: row.open ? Theme.ink : Theme.ink_second
                    }
                }
                Words { visible: row.chosen; width: body.width; text: qsTr("Cause: %1").arg(row.cause); wrapMode: Text.Wrap }
                Words { visible: row.chosen; width: body.width; text: qsTr("Consequence: %1").arg(row.consequence); wrapMode: Text.Wrap }
                Words { objectName: "alarm_action"; visible: row.chosen; width: body.width; text: qsTr("To do: %1").arg(row.action); font.bold: true; wrapMode: Text.Wrap }
                Row {
                    visible: row.chosen
                    spacing: Theme.px(8)
                    PushButton { objectName: "alarm_acknowledge"; label: qsTr("Acknowledge"); key_label: "A"; onPressed: alarm_model.acknowledge() }
                    PushButton { objectName: "alarm_shelve"; label: qsTr("Shelve, take off the shelf"); key_label: "H"; onPressed: alarm_model.shelve() }
                }
                Column {
                    visible: row.chosen && alarm_model.shelving
                    spacing: Theme.px(6)
                    Row {
                        spacing: Theme.px(8)
                        PushButton { label: "\u2190"; onPressed: alarm_model.choose_minutes(-1) }
                        Words { objectName: "alarm_minutes"; height: Theme.px(44); verticalAlignment: Text.AlignVCenter; text: qsTr("for %1 min, because:").arg(alarm_model.shelve_minutes) }
                        PushButton { label: "\u2192"; onPressed: alarm_model.choose_minutes(1) }
                    }
                    Repeater {
                        model: alarm_model.reasons
                        PushButton {
                            required property int index
                            required property string modelData
                            label: modelData; key_label: index + 1
                            onPressed: alarm_model.choose_reason(index)
                        }
                    }
                }
                Words { objectName: "alarm_message"; visible: row.chosen && alarm_model.message !== ""; width: body.width; text: alarm_model.message; wrapMode: Text.Wrap; color: Theme.attention }
            }
        }
    }
    Rectangle { width: table.width; height: 1; color: Theme.rule }
    Item {
        width: table.width
        height: Theme.px(44)
        Words { id: log_title; anchors { left: parent.left; verticalCenter: parent.verticalCenter } text: qsTr("Log"); font.bold: true }
        Rectangle {
            anchors { left: log_title.right; leftMargin: Theme.px(16); right: parent.right; top: parent.top; bottom: parent.bottom }
            color: Theme.panel
            radius: Theme.corner
            border { width: search.activeFocus ? 2 : 1; color: Theme.edge }
            Words {
                anchors { left: parent.left; leftMargin: Theme.px(10); verticalCenter: parent.verticalCenter }
                visible: search.text === ""
                text: qsTr("Search in the log")
                color: Theme.ink_second
            }
            TextInput {
                id: search
                objectName: "alarm_search"
                anchors { fill: parent; leftMargin: Theme.px(10); rightMargin: Theme.px(10) }
                verticalAlignment: TextInput.AlignVCenter
                clip: true
                maximumLength: 200
                color: Theme.ink
                font.family: Theme.family
                font.pixelSize: Theme.text_body
                onTextChanged: alarm_model.search(text)
                onAccepted: focus = false
                Accessible.role: Accessible.EditableText
                Accessible.name: qsTr("Search in the log")
            }
        }
    }
    Repeater {
        model: alarm_model.log
        Item {
            id: event
            required property string when
            required property string what
            required property string text
            objectName: "alarm_event"
            width: table.width
            height: Math.max(when_words.implicitHeight, text_words.implicitHeight)
            Words { id: when_words; width: parent.width * 0.4; text: event.when + "   " + event.what; color: Theme.ink_second; wrapMode: Text.Wrap }
            Words { id: text_words; anchors { left: when_words.right; leftMargin: Theme.px(16); right: parent.right } text: event.text; wrapMode: Text.Wrap }
        }
    }
}
