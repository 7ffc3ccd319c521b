import QtQuick

// Whose vehicle this is, where a camera misread it: one person types it, a second confirms it.
Panel {
    id: card
    objectName: "identity_card"
    visible: operate.overlay === "identity"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: column.implicitHeight + Theme.px(40)
    onVisibleChanged: if (visible) {
        plate.value = identity_model.plate
        first.value = identity_model.first
        second.value = identity_model.second
    }
    function say() { identity_model.say(plate.value, first.value, second.value) }

    MouseArea { anchors.fill: parent }
    Connections {
        target: operate
        function onIdentity_choice(number) {
            if (number === 1) identity_model.confirm()
            if (number === 2) first.take_focus()
        }
    }
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
        spacing: Theme.px(8)
        Words { width: column.width; text: qsTr("Whose vehicle is it?"); font.pixelSize: Theme.text_state; font.bold: true; wrapMode: Text.Wrap }
        Words {
            width: column.width
            text: qsTr("Type what stands on the box and the plate. What the cameras read stays with the case; declarations and checks are looked up anew once a second person has confirmed.")
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            wrapMode: Text.Wrap
        }
        Words {
            objectName: "identity_proposed"
            width: column.width
            visible: text !== ""
            text: identity_model.proposed
            wrapMode: Text.Wrap
        }
        PushButton {
            objectName: "identity_confirm"
            visible: identity_model.proposed !== ""
            width: column.width
            label: "1   " + qsTr("Confirm this")
            allowed: identity_model.may_confirm
            onPressed: identity_model.confirm()
        }
        PageField { id: first; objectName: "identity_first"; width: column.width; length_max: 20; says: qsTr("Container, the front one of two"); onAccepted: card.say() }
        PageField { id: second; objectName: "identity_second"; width: column.width; length_max: 20; says: qsTr("Container behind it, if there is one"); onAccepted: card.say() }
        PageField { id: plate; objectName: "identity_plate"; width: column.width; length_max: 32; says: qsTr("Plate"); onAccepted: card.say() }
        PushButton {
            objectName: "identity_say"
            width: column.width
            label: qsTr("It is this one")
            key_label: "2  \u2026  Enter"
            allowed: identity_model.allowed
            onPressed: card.say()
        }
        Words {
            objectName: "identity_message"
            width: column.width
            visible: text !== ""
            text: identity_model.message
            wrapMode: Text.Wrap
        }
        PushButton { anchors.left: parent.left; label: qsTr("Leave"); key_label: "Esc"; onPressed: operate.trigger("leave") }
    }
}
