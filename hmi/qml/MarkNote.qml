import QtQuick

// Below the image's title: how to go on with a mark, its words while they are typed, and the newest
// profile.
Column {
    id: note
    property real width_max: 600
    LayoutMirroring.enabled: false
    anchors { left: parent.left; top: parent.top; leftMargin: Theme.px(8); topMargin: Theme.px(44) }
    spacing: Theme.px(6)

    Rectangle {
        visible: mark_model.tool !== ""
        width: hint.implicitWidth + Theme.px(20)
        height: hint.implicitHeight + Theme.px(10)
        color: Theme.casing_white
        border { width: 1; color: Theme.casing_black }
        Words {
            id: hint
            objectName: "mark_hint"
            anchors.centerIn: parent
            text: qsTr("Drag on the image; Esc leaves")
            font.pixelSize: Theme.text_small
            color: Theme.on_air
        }
    }
    Rectangle {
        visible: mark_model.writing
        onVisibleChanged: if (visible) { words.text = ""; words.forceActiveFocus() }
        width: Theme.px(420)
        height: Theme.px(44)
        color: Theme.casing_white
        border { width: 2; color: Theme.casing_black }
        Words {
            anchors { left: parent.left; leftMargin: Theme.px(10); verticalCenter: parent.verticalCenter }
            visible: words.text === ""
            text: qsTr("Words, then Enter")
            color: Theme.on_air
            opacity: 0.7
        }
        TextInput {
            id: words
            objectName: "mark_words"
            anchors { fill: parent; leftMargin: Theme.px(10); rightMargin: Theme.px(10) }
            verticalAlignment: TextInput.AlignVCenter
            clip: true
            maximumLength: 200
            color: Theme.on_air
            font.family: Theme.family
            font.pixelSize: Theme.text_body
            onAccepted: { mark_model.write(text); focus = false }
            onActiveFocusChanged: if (!activeFocus && mark_model.writing) mark_model.write(text)
            Accessible.role: Accessible.EditableText
            Accessible.name: qsTr("Words of the mark")
        }
    }
    Rectangle {
        visible: mark_model.profile.length > 0
        objectName: "mark_profile"
        width: Theme.px(380)
        height: Theme.px(120)
        color: Theme.casing_white
        border { width: 1; color: Theme.casing_black }
        Words {
            id: profile_words
            anchors { left: parent.left; top: parent.top; margins: Theme.px(6) }
            text: mark_model.profile_text
            font.pixelSize: Theme.text_small
            color: Theme.on_air
        }
        Item {
            id: plot  // along the line, as it was drawn
            anchors { left: parent.left; right: parent.right; top: profile_words.bottom; bottom: parent.bottom; margins: Theme.px(6) }
            Repeater {
                model: mark_model.profile
                Rectangle {
                    required property int index
                    required property real modelData
                    x: index * plot.width / Math.max(1, mark_model.profile.length)
                    y: (1 - modelData) * plot.height
                    width: Math.max(1, Math.ceil(plot.width / Math.max(1, mark_model.profile.length)))
                    height: plot.height - y
                    color: "#4f595f"
                }
            }
        }
    }
}
