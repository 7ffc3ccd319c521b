import QtQuick

// Says what is done to the image beyond drawing it; a click takes all of it away.
Rectangle {
    id: badge
    objectName: "chain_badge"

    property real width_max: 600
    readonly property string words: image_tools.chain_text

    width: Math.min(width_max, natural.implicitWidth + Theme.px(28))
    height: chain_words.implicitHeight + Theme.px(14)
    radius: Theme.corner
    color: Theme.attention
    border { width: 1; color: Theme.casing_black }
    Accessible.role: Accessible.StaticText
    Accessible.name: chain_words.text
    Words {
        id: natural
        visible: false
        text: chain_words.text
        font: chain_words.font
    }
    Words {
        id: chain_words
        objectName: "chain_words"
        anchors { left: parent.left; right: parent.right; margins: Theme.px(14); verticalCenter: parent.verticalCenter }
        text: qsTr("Not the standard image (S): %1").arg(badge.words)
        font.bold: true
        wrapMode: Text.Wrap
        maximumLineCount: 3
        color: Theme.on_fill
    }
    MouseArea { anchors.fill: parent; onClicked: operate.trigger("standard") }
}
