import QtQuick

// A button with its key printed on it. Grey in every state; `chosen` fills it.
Rectangle {
    id: button

    property string label
    property string key_label
    property bool allowed: true
    property bool chosen: false
    property color chosen_fill: Theme.action
    property int text_size: Theme.text_body
    signal pressed()

    property real padding: Theme.px(12)
    // As wide as its words where nobody gives it a width; else they take two lines.
    readonly property real key_room: key_label === "" ? 0 : key_words.implicitWidth + words.spacing
    // Measured beside the words: what they take themselves follows the width that they are given.
    readonly property real label_width: Math.ceil(natural.implicitWidth)
    implicitWidth: Math.max(Theme.px(88), label_width + key_room + 2 * padding)
    implicitHeight: Theme.px(44)
    radius: Theme.corner
    color: chosen ? chosen_fill : (area.containsMouse && allowed ? Theme.panel : Theme.card)
    border.width: 1
    border.color: allowed ? Theme.edge : Theme.rule

    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.onPressAction: if (button.allowed) button.pressed()

    Words {
        id: natural
        visible: false
        text: button.label
        font.pixelSize: button.text_size
    }
    Row {
        id: words
        anchors.centerIn: parent
        spacing: Theme.px(10)
        Words {
            id: label_words
            anchors.verticalCenter: parent.verticalCenter
            width: Math.max(0, Math.min(button.label_width, button.width - button.key_room - 2 * Theme.px(4)))
            wrapMode: Text.WordWrap
            maximumLineCount: 2
            lineHeight: 0.9
            text: button.label
            font.pixelSize: button.text_size
            color: button.chosen ? Theme.on_fill : (button.allowed ? Theme.ink : Theme.ink_second)
        }
        Words {
            id: key_words
            anchors.verticalCenter: parent.verticalCenter
            visible: button.key_label !== ""
            text: button.key_label
            font.pixelSize: button.text_size
            color: button.chosen ? Theme.on_fill : Theme.ink_second
        }
    }
    MouseArea {
        id: area
        anchors.fill: parent
        hoverEnabled: true
        enabled: button.allowed
        onClicked: button.pressed()
    }
}
