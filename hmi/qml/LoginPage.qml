import QtQuick

// Covers all but the lane strip while nobody is logged in. Name, Enter, password, Enter; an account
// for emergencies also wants a reason.
Rectangle {
    id: page
    objectName: "login_page"
    visible: session_model.locked
    color: Theme.ground
    onVisibleChanged: {
        name_field.text = ""
        password_field.text = ""
        reason_field.text = ""
        if (visible) name_field.forceActiveFocus()
    }
    Component.onCompleted: if (visible) name_field.forceActiveFocus()

    function log_in() {
        if (session_model.busy) return
        if (name_field.text === "") { name_field.forceActiveFocus(); return }
        if (password_field.text === "") { password_field.forceActiveFocus(); return }
        session_model.login(name_field.text, password_field.text, reason_field.text)
        password_field.text = ""
        password_field.forceActiveFocus()
    }

    MouseArea { anchors.fill: parent }  // nothing behind the page is clicked through it

    Panel {
        anchors.centerIn: parent
        width: Theme.px(560)
        height: column.implicitHeight + Theme.px(60)
        Column {
            id: column
            anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(30) }
            spacing: Theme.px(10)
            Words {
                width: parent.width
                text: qsTr("Log in")
                font.pixelSize: Theme.text_state
                font.bold: true
            }
            Words { width: parent.width; text: qsTr("Name"); font.pixelSize: Theme.text_small; color: Theme.ink_second }
            TextBox {
                id: name_field
                objectName: "login_name"
                width: parent.width
                says: qsTr("Name")
                onAccepted: page.log_in()
            }
            Words { width: parent.width; text: qsTr("Password"); font.pixelSize: Theme.text_small; color: Theme.ink_second }
            TextBox {
                id: password_field
                objectName: "login_password"
                width: parent.width
                says: qsTr("Password")
                hidden: true
                onAccepted: page.log_in()
            }
            Words {
                width: parent.width
                text: qsTr("Reason (only for the emergency account)")
                font.pixelSize: Theme.text_small
                color: Theme.ink_second
            }
            TextBox {
                id: reason_field
                objectName: "login_reason"
                width: parent.width
                says: qsTr("Reason (only for the emergency account)")
                onAccepted: page.log_in()
            }
            Words {
                objectName: "login_message"
                width: parent.width
                visible: text !== ""
                text: session_model.message === "" ? "" : "\u25B2 " + session_model.message
                color: Theme.alarm
                wrapMode: Text.Wrap
                maximumLineCount: 3
            }
            PushButton {
                objectName: "login_button"
                anchors.left: parent.left
                height: Theme.px(56)
                implicitWidth: Theme.px(200)
                label: session_model.busy ? qsTr("Checking") : qsTr("Log in"); key_label: "Enter"
                allowed: !session_model.busy
                onPressed: page.log_in()
            }
            Words {
                width: parent.width
                text: qsTr("Stop (F8) works for everybody, logged in or not.")
                font.pixelSize: Theme.text_small
                color: Theme.ink_second
                wrapMode: Text.Wrap
                maximumLineCount: 3
            }
        }
    }
}
