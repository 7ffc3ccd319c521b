import QtQuick

// Whose vehicle this is: what the cameras read, with their pictures; and where they misread, one
// person types it and a second confirms it.
Panel {
    id: card
    objectName: "identity_card"
    visible: operate.overlay === "identity"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: Math.max(column.implicitHeight, readings.visible ? readings.implicitHeight : 0) + Theme.px(40)
    onVisibleChanged: if (visible) {
        plate.value = identity_model.plate
        first.value = identity_model.first
        second.value = identity_model.second
        last = null
    }
    property var last: null  // the field that was typed in last
    function say() { identity_model.say(plate.value, first.value, second.value) }
    // The text of the chosen reading into the field it belongs to.
    function take_over() {
        const text = identity_model.chosen_text
        if (identity_model.chosen_kind === "plate")
            plate.value = text
        else if (identity_model.chosen_kind === "container")
            (last === second ? second : first).value = text
    }

    MouseArea { anchors.fill: parent }
    Connections {
        target: operate
        function onIdentity_choice(number) {
            if (number === 1) identity_model.confirm()
            if (number === 2) first.take_focus()
            if (number < 3) return
            if (identity_model.chosen === number - 3) card.take_over()
            else identity_model.choose(number - 3)
        }
    }
    Column {
        id: column
        width: Theme.px(480)
        anchors { left: parent.left; top: parent.top; margins: Theme.px(20) }
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
        PageField { id: first; objectName: "identity_first"; width: column.width; length_max: 20; says: qsTr("Container, the front one of two"); onFocused: card.last = first; onAccepted: card.say() }
        PageField { id: second; objectName: "identity_second"; width: column.width; length_max: 20; says: qsTr("Container behind it, if there is one"); onFocused: card.last = second; onAccepted: card.say() }
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
    Column {
        id: readings
        objectName: "identity_readings"
        visible: identity_model.reading_count > 0
        anchors { left: column.right; right: parent.right; top: parent.top; margins: Theme.px(20); leftMargin: Theme.px(40) }
        spacing: Theme.px(8)
        Words { width: readings.width; text: qsTr("What the cameras read"); font.bold: true; wrapMode: Text.Wrap }
        ListView {
            id: list
            width: readings.width
            height: Math.min(contentHeight, Theme.px(240))
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: identity_model.readings
            delegate: Rectangle {
                id: row
                required property int index
                required property string text
                required property bool stands
                objectName: "reading_" + index
                readonly property bool chosen: identity_model.chosen === index
                width: list.width
                height: Math.max(Theme.px(44), words.implicitHeight + Theme.px(10))
                color: chosen ? Theme.panel : "transparent"
                border { width: chosen ? 2 : 0; color: Theme.action }
                Accessible.role: Accessible.Button
                Accessible.name: text
                Accessible.onPressAction: identity_model.choose(index)
                onChosenChanged: if (chosen) list.positionViewAtIndex(index, ListView.Contain)
                Words {
                    id: words
                    anchors { left: parent.left; right: parent.right; leftMargin: Theme.px(8); rightMargin: Theme.px(8); verticalCenter: parent.verticalCenter }
                    text: (row.index < 7 ? (row.index + 3) + "   " : "") + row.text
                    color: row.stands ? Theme.ink : Theme.attention
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.text_small
                }
                MouseArea { anchors.fill: parent; onClicked: identity_model.choose(row.index) }
            }
        }
        Rectangle {
            width: readings.width
            height: Theme.px(280)
            color: Theme.panel
            border { width: 1; color: Theme.rule }
            Image {
                objectName: "reading_picture"
                anchors { fill: parent; margins: Theme.px(4) }
                source: identity_model.picture
                fillMode: Image.PreserveAspectFit
                asynchronous: true
            }
            Words {
                objectName: "reading_note"
                visible: text !== ""
                anchors { fill: parent; margins: Theme.px(16) }
                text: identity_model.picture_note
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                wrapMode: Text.Wrap
                color: Theme.ink_second
            }
        }
        PushButton {
            objectName: "reading_take"
            width: readings.width
            label: qsTr("Type what this one read")
            key_label: identity_model.chosen >= 0 && identity_model.chosen < 7 ? String(identity_model.chosen + 3) : ""
            allowed: identity_model.allowed && (identity_model.chosen_kind === "plate" || identity_model.chosen_kind === "container")
            onPressed: card.take_over()
        }
    }
}
