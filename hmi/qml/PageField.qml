import QtQuick

// One line to type in on a page: by the keyboard, or by the touch keys, which write into the field
// that was used last.
Rectangle {
    id: field
    property string says
    property alias value: input.text
    property bool hidden: false
    property int length_max: 200
    signal edited(string text)
    signal accepted()
    signal focused(var field)
    function take_focus() { input.forceActiveFocus() }
    function type(letter) {
        if (input.text.length >= input.maximumLength) return
        input.text += letter
        field.edited(input.text)
    }
    function erase() {
        input.text = input.text.slice(0, -1)
        field.edited(input.text)
    }

    implicitHeight: Theme.px(48)
    radius: Theme.corner
    color: Theme.card
    border { width: input.activeFocus ? 3 : 1; color: input.activeFocus ? Theme.action : Theme.edge }
    Words {
        anchors { left: parent.left; right: parent.right; leftMargin: Theme.px(12); rightMargin: Theme.px(12); verticalCenter: parent.verticalCenter }
        visible: input.text === ""
        may_shorten: true
        text: field.says
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    TextInput {
        id: input
        objectName: field.objectName + "_input"
        anchors { fill: parent; leftMargin: Theme.px(12); rightMargin: Theme.px(12) }
        verticalAlignment: TextInput.AlignVCenter
        activeFocusOnTab: true
        enabled: field.visible && field.enabled
        clip: true
        maximumLength: field.length_max
        echoMode: field.hidden ? TextInput.Password : TextInput.Normal
        inputMethodHints: field.hidden ? Qt.ImhHiddenText | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText : Qt.ImhNone
        color: Theme.ink
        selectionColor: Theme.action
        selectedTextColor: Theme.on_fill
        font.family: Theme.family
        font.pixelSize: Theme.text_body
        onTextEdited: field.edited(text)
        onAccepted: field.accepted()
        onActiveFocusChanged: if (activeFocus) field.focused(field)
        Accessible.role: Accessible.EditableText
        Accessible.name: field.says
        Accessible.passwordEdit: field.hidden
    }
}
