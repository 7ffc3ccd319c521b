import QtQuick

// Which of several declarations holds. Ctrl G opens it; a number or a click chooses, 0 none of them,
// Enter confirms. Nothing is chosen beforehand.
Panel {
    id: card
    objectName: "declaration_card"
    visible: operate.overlay === "declarations"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    property real height_max: Theme.px(900)
    readonly property real rows_room: height_max - head.implicitHeight - foot.implicitHeight - Theme.px(64)
    implicitHeight: head.implicitHeight + view.height + foot.implicitHeight + Theme.px(64)

    MouseArea { anchors.fill: parent; onWheel: function(event) { event.accepted = true } }
    Column {
        id: head
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
        spacing: Theme.px(6)
        Words { width: head.width; text: qsTr("Which declaration holds"); font.pixelSize: Theme.text_state; font.bold: true; wrapMode: Text.Wrap }
        Words {
            width: head.width
            text: qsTr("What it declares is compared with the image again, and customs are answered for it alone. The documents must tell.")
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            wrapMode: Text.Wrap
        }
    }
    ListView {
        id: view
        objectName: "candidates"
        anchors { left: parent.left; right: parent.right; top: head.bottom; margins: Theme.px(20); topMargin: Theme.px(12) }
        height: Math.min(contentHeight, card.rows_room)
        clip: true
        spacing: Theme.px(8)
        boundsBehavior: Flickable.StopAtBounds
        model: declaration_model.rows
        currentIndex: Math.min(declaration_model.choice, declaration_model.count - 1)
        highlightMoveDuration: 0
        delegate: Rectangle {
            id: candidate
            required property int index
            required property string reference
            required property string declarant
            required property string containers
            required property string goods
            required property string why
            required property bool holds
            readonly property bool chosen: declaration_model.choice === index
            readonly property color ink: chosen ? Theme.on_fill : Theme.ink
            readonly property color ink_second: chosen ? Theme.on_fill : Theme.ink_second
            objectName: "candidate_" + (index + 1)
            width: view.width
            height: lines.implicitHeight + Theme.px(20)
            radius: Theme.corner
            color: chosen ? Theme.action : Theme.panel
            border { width: 1; color: Theme.edge }
            Accessible.role: Accessible.RadioButton
            Accessible.name: [reference, declarant, containers, goods, why].join(", ")
            Column {
                id: lines
                anchors { left: parent.left; right: parent.right; leftMargin: Theme.px(14); rightMargin: Theme.px(14); verticalCenter: parent.verticalCenter }
                spacing: Theme.px(2)
                Words {
                    width: lines.width
                    wrapMode: Text.Wrap
                    text: (candidate.index + 1) + "   " + candidate.reference
                    font.bold: true
                    color: candidate.ink
                }
                Words { width: lines.width; wrapMode: Text.Wrap; text: candidate.goods; color: candidate.ink }
                Words {
                    width: lines.width
                    wrapMode: Text.Wrap
                    text: candidate.declarant + "   " + candidate.containers
                    font.pixelSize: Theme.text_small
                    color: candidate.ink_second
                }
                Words {
                    width: lines.width
                    wrapMode: Text.Wrap
                    text: candidate.holds ? qsTr("%1; chosen before").arg(candidate.why) : candidate.why
                    font.pixelSize: Theme.text_small
                    color: candidate.ink_second
                }
            }
            MouseArea { anchors.fill: parent; onClicked: declaration_model.choose(candidate.index) }
        }
    }
    ScrollMark { list: view }
    Column {
        id: foot
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Theme.px(20) }
        spacing: Theme.px(10)
        Rectangle {
            id: none
            readonly property bool chosen: declaration_model.count > 0 && declaration_model.choice === declaration_model.count
            objectName: "candidate_none"
            width: foot.width
            height: Math.max(Theme.px(44), none_words.implicitHeight + Theme.px(12))
            radius: Theme.corner
            color: chosen ? Theme.action : Theme.panel
            border { width: 1; color: Theme.edge }
            Accessible.role: Accessible.RadioButton
            Accessible.name: none_words.text
            Words {
                id: none_words
                anchors { left: parent.left; right: parent.right; margins: Theme.px(14); verticalCenter: parent.verticalCenter }
                wrapMode: Text.Wrap
                text: "0   " + qsTr("None of these")
                color: none.chosen ? Theme.on_fill : Theme.ink
            }
            MouseArea { anchors.fill: parent; onClicked: declaration_model.choose(declaration_model.count) }
        }
        Words {
            objectName: "choice_message"
            width: foot.width
            visible: text !== ""
            text: declaration_model.message === "" ? "" : "\u25B2 " + declaration_model.message
            color: Theme.alarm
            wrapMode: Text.Wrap
            maximumLineCount: 3
        }
        Row {
            anchors.left: parent.left
            spacing: Theme.px(16)
            PushButton {
                objectName: "confirm_choice"
                height: Theme.px(56)
                implicitWidth: Theme.px(200)
                label: declaration_model.busy ? qsTr("Sending") : qsTr("Confirm"); key_label: "Enter"
                allowed: declaration_model.allowed && declaration_model.choice >= 0
                onPressed: declaration_model.confirm()
            }
            PushButton {
                height: Theme.px(56)
                implicitWidth: Theme.px(160)
                label: qsTr("Leave"); key_label: "Esc"
                onPressed: operate.trigger("leave")
            }
        }
    }
}
