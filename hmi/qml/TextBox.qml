import QtQuick

// One line to type in, framed. Tab goes to the next.
Rectangle {
    id: box
    property alias text: input.text
    property string says
    property bool hidden: false
    signal accepted()
    function forceActiveFocus() { input.forceActiveFocus() }

    height: Theme.px(44)
    radius: Theme.corner
    color: Theme.card
    border { width: input.activeFocus ? 2 : 1; color: input.activeFocus ? Theme.action : Theme.edge }
    TextInput {
        id: input
        objectName: box.objectName + "_input"
        anchors { fill: parent; leftMargin: Theme.px(12); rightMargin: Theme.px(12) }
        verticalAlignment: TextInput.AlignVCenter
        activeFocusOnTab: true
        enabled: box.visible
        clip: true
        maximumLength: 256
        echoMode: box.hidden ? TextInput.Password : TextInput.Normal
        inputMethodHints: box.hidden ? Qt.ImhHiddenText | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
                                     : Qt.ImhNoAutoUppercase
        color: Theme.ink
        selectionColor: Theme.action
        selectedTextColor: Theme.on_fill
        font.family: Theme.family
        font.pixelSize: Theme.text_body
        onAccepted: box.accepted()
        Accessible.role: Accessible.EditableText
        Accessible.name: box.says
        Accessible.passwordEdit: box.hidden
    }
    MouseArea {
        anchors.fill: parent
        cursorShape: Qt.IBeamCursor
        onPressed: (mouse) => { input.forceActiveFocus(); mouse.accepted = false }
    }
}
