import QtQuick

// Opened by a decision's key or button: reasons by number, a remark, then Enter. Nothing is chosen
// beforehand.
Panel {
    id: card
    objectName: "decision_card"
    visible: operate.overlay === "card"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: column.implicitHeight + Theme.px(40)
    onVisibleChanged: if (visible) remark.text = ""

    MouseArea { anchors.fill: parent }  // nothing behind the card is clicked through it

    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
        spacing: Theme.px(10)
        Words {
            objectName: "card_title"
            width: parent.width
            text: operate.card_title
            font.pixelSize: Theme.text_state
            font.bold: true
        }
        Words {
            width: parent.width
            may_shorten: true
            text: case_model.title
            color: Theme.ink_second
        }
        Words {
            objectName: "card_never_shown"
            width: parent.width
            visible: text !== ""
            text: shown_parts.warning === "" ? "" : "\u25CF " + shown_parts.warning
            font.pixelSize: Theme.text_small
            wrapMode: Text.Wrap
            color: Theme.attention
        }
        Words {
            width: parent.width
            visible: targets.count > 0
            text: qsTr("Decision on (\u2190 \u2192)")
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
        Grid {
            id: target_grid
            visible: targets.count > 0
            columns: targets.count > 3 ? 2 : Math.max(1, targets.count)
            spacing: Theme.px(8)
            Repeater {
                id: targets
                model: operate.card_targets
                Rectangle {
                    id: target
                    required property int index
                    required property string modelData
                    readonly property bool chosen: operate.card_target === index
                    objectName: "target_" + (index + 1)
                    width: (column.width - (target_grid.columns - 1) * Theme.px(8)) / target_grid.columns
                    height: Theme.px(44)
                    radius: Theme.corner
                    color: chosen ? Theme.action : Theme.panel
                    border { width: 1; color: Theme.edge }
                    Accessible.role: Accessible.RadioButton
                    Accessible.name: modelData
                    Words {
                        anchors { left: parent.left; right: parent.right; margins: Theme.px(8); verticalCenter: parent.verticalCenter }
                        horizontalAlignment: Text.AlignHCenter
                        may_shorten: true
                        text: target.modelData
                        color: target.chosen ? Theme.on_fill : Theme.ink
                    }
                    MouseArea { anchors.fill: parent; onClicked: operate.choose_target(target.index) }
                }
            }
        }
        Words { width: parent.width; text: qsTr("Reason"); font.pixelSize: Theme.text_small; color: Theme.ink_second }
        Repeater {
            model: operate.card_reasons
            Rectangle {
                id: reason
                required property int index
                required property string modelData
                readonly property bool chosen: operate.card_choice === index
                objectName: "reason_" + (index + 1)
                width: column.width
                height: Math.max(Theme.px(44), reason_words.implicitHeight + Theme.px(12))
                radius: Theme.corner
                color: chosen ? Theme.action : Theme.panel
                border { width: 1; color: Theme.edge }
                Accessible.role: Accessible.RadioButton
                Accessible.name: modelData
                Words {
                    id: reason_words
                    anchors { left: parent.left; right: parent.right; margins: Theme.px(14); verticalCenter: parent.verticalCenter }
                    wrapMode: Text.Wrap
                    text: (reason.index + 1) + "   " + reason.modelData
                    color: reason.chosen ? Theme.on_fill : Theme.ink
                }
                MouseArea { anchors.fill: parent; onClicked: operate.choose_reason(reason.index) }
            }
        }
        Words { width: parent.width; text: qsTr("Remark, if needed (Tab)"); font.pixelSize: Theme.text_small; color: Theme.ink_second }
        Rectangle {
            width: parent.width
            height: Theme.px(44)
            radius: Theme.corner
            color: Theme.panel
            border { width: remark.activeFocus ? 2 : 1; color: remark.activeFocus ? Theme.action : Theme.edge }
            TextInput {
                id: remark
                objectName: "remark"
                anchors { fill: parent; leftMargin: Theme.px(12); rightMargin: Theme.px(12) }
                verticalAlignment: TextInput.AlignVCenter
                activeFocusOnTab: card.visible
                enabled: card.visible
                clip: true
                maximumLength: 500
                color: Theme.ink
                selectionColor: Theme.action
                selectedTextColor: Theme.on_fill
                font.family: Theme.family
                font.pixelSize: Theme.text_body
                onTextChanged: operate.set_remark(text)
                Accessible.role: Accessible.EditableText
                Accessible.name: qsTr("Remark")
            }
        }
        Words {
            objectName: "card_message"
            width: parent.width
            visible: text !== ""
            text: operate.card_message === "" ? "" : "\u25B2 " + operate.card_message
            color: Theme.alarm
            wrapMode: Text.Wrap
            maximumLineCount: 3
        }
        Row {
            anchors.left: parent.left
            spacing: Theme.px(16)
            PushButton {
                objectName: "confirm"
                height: Theme.px(56)
                implicitWidth: Theme.px(200)
                label: operate.busy ? qsTr("Sending") : qsTr("Confirm"); key_label: "Enter"
                allowed: !operate.busy && operate.card_choice >= 0
                onPressed: operate.trigger("confirm")
            }
            PushButton {
                objectName: "leave"
                height: Theme.px(56)
                implicitWidth: Theme.px(160)
                label: qsTr("Leave"); key_label: "Esc"
                onPressed: operate.trigger("leave")
            }
        }
    }
}
