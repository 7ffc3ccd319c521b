import QtQuick

// The supervisor's page: what waits, who reads how much, what was found where, what is missing, and
// the handover of the shift.
Rectangle {
    id: page
    objectName: "supervise_page"
    visible: operate.overlay === "page_supervise"
    color: Theme.ground
    onVisibleChanged: {
        clear_fields()
        if (visible) back.forceActiveFocus()
    }
    function clear_fields() {
        own_password.value = ""
        other_name.value = ""
        other_password.value = ""
        remark.value = ""
    }
    function sign() {
        supervise_model.sign(own_password.value, other_name.value, other_password.value, remark.value)
        own_password.value = ""
        other_password.value = ""
    }
    Connections {
        target: supervise_model
        function onSigned_over() { page.clear_fields() }
    }

    MouseArea { anchors.fill: parent }

    Item {
        id: head
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(10) }
        height: Math.max(Theme.px(56), head_words.implicitHeight)
        Column {
            id: head_words
            anchors { left: parent.left; right: periods.left; rightMargin: Theme.px(16); verticalCenter: parent.verticalCenter }
            Words {
                objectName: "queue_words"
                width: parent.width
                text: supervise_model.queue_text
                font.pixelSize: Theme.text_title
                font.bold: true
                wrapMode: Text.Wrap
            }
            Words {
                objectName: "left_out"
                width: parent.width
                visible: text !== ""
                text: supervise_model.left_out === "" ? "" : "\u25CF " + supervise_model.left_out
                color: Theme.attention
                wrapMode: Text.Wrap
            }
        }
        Row {
            id: periods
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            spacing: Theme.px(8)
            Repeater {
                model: [
                    { days: 1, label: qsTr("Today") },
                    { days: 7, label: qsTr("7 days") },
                    { days: 31, label: qsTr("31 days") }
                ]
                PageButton {
                    required property var modelData
                    objectName: "days_" + modelData.days
                    label: modelData.label
                    chosen: supervise_model.days === modelData.days
                    chosen_fill: Theme.ink_second
                    onPressed: supervise_model.look_back(modelData.days)
                }
            }
            PageButton {
                id: back
                objectName: "supervise_back"
                label: qsTr("Back to the lane"); key_label: "Esc"
                onPressed: operate.trigger("leave")
            }
        }
    }

    Item {
        id: body
        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom; margins: Theme.px(10) }
        readonly property real column_width: (width - 2 * Theme.px(10)) / 3

        WordsPanel {
            id: queue
            objectName: "queue_panel"
            anchors { left: parent.left; top: parent.top }
            width: body.column_width
            height: (body.height - Theme.px(10)) / 2
            title: qsTr("Queue")
            none: qsTr("No case waits")
            rows: supervise_model.waiting
        }
        WordsPanel {
            objectName: "readers_panel"
            anchors { left: parent.left; top: queue.bottom; topMargin: Theme.px(10); bottom: parent.bottom }
            width: body.column_width
            title: qsTr("Readings of each analyst, time on the image")
            none: qsTr("Nobody has read a case")
            rows: supervise_model.readers
        }
        RatesPanel {
            id: rates
            objectName: "rates_panel"
            anchors { left: queue.right; leftMargin: Theme.px(10); top: parent.top; bottom: parent.bottom }
            width: body.column_width
        }
        WordsPanel {
            id: open_points
            objectName: "open_panel"
            anchors { left: rates.right; leftMargin: Theme.px(10); right: parent.right; top: parent.top }
            height: supervise_model.handover_known ? 0 : (body.height - Theme.px(10)) / 2
            visible: height > 0
            title: qsTr("Overrides, missing outcomes, unfit images")
            none: qsTr("Nothing")
            rows: supervise_model.open_points
        }
        Panel {
            id: shift
            objectName: "handover_panel"
            anchors { left: rates.right; leftMargin: Theme.px(10); right: parent.right; top: open_points.visible ? open_points.bottom : parent.top; topMargin: open_points.visible ? Theme.px(10) : 0; bottom: parent.bottom }
            WordsPanel {
                anchors { left: parent.left; right: parent.right; top: parent.top; bottom: sign_column.top }
                border.width: 0
                color: "transparent"
                title: supervise_model.handover_title
                none: supervise_model.handover_known ? qsTr("Nothing")
                      : supervise_model.may_hand_over
                        ? qsTr("Lists what is open, for both to sign: cases, readers, bays, alarms, bypasses, devices.")
                        : qsTr("A supervisor's account is needed to hand over.")
                rows: supervise_model.handover
            }
            Column {
                id: sign_column
                anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Theme.px(12) }
                spacing: Theme.px(8)
                Words {
                    objectName: "last_handover"
                    width: parent.width
                    visible: text !== ""
                    text: supervise_model.last_handover
                    font.pixelSize: Theme.text_small
                    color: Theme.ink_second
                    wrapMode: Text.Wrap
                }
                Words {
                    objectName: "supervise_message"
                    width: parent.width
                    visible: text !== ""
                    text: supervise_model.message
                    wrapMode: Text.Wrap
                    maximumLineCount: 3
                }
                PageField {
                    id: own_password
                    objectName: "own_password"
                    width: parent.width
                    visible: supervise_model.handover_known
                    hidden: true
                    says: qsTr("Password of %1, who hands over").arg(supervise_model.from)
                }
                PageField {
                    id: other_name
                    objectName: "other_name"
                    width: parent.width
                    visible: supervise_model.handover_known
                    says: qsTr("Name of who takes over")
                }
                PageField {
                    id: other_password
                    objectName: "other_password"
                    width: parent.width
                    visible: supervise_model.handover_known
                    hidden: true
                    says: qsTr("Password of who takes over")
                }
                PageField {
                    id: remark
                    objectName: "handover_remark"
                    width: parent.width
                    visible: supervise_model.handover_known
                    says: qsTr("Remark")
                    onAccepted: page.sign()
                }
                Row {
                    spacing: Theme.px(8)
                    PageButton {
                        objectName: "begin_handover"
                        width: (sign_column.width - Theme.px(8)) / 2
                        label: supervise_model.handover_known ? qsTr("List anew") : qsTr("Hand over")
                        allowed: supervise_model.may_hand_over && !supervise_model.busy
                        onPressed: supervise_model.begin_handover()
                    }
                    PageButton {
                        objectName: "sign_handover"
                        visible: supervise_model.handover_known
                        width: (sign_column.width - Theme.px(8)) / 2
                        label: qsTr("Both sign")
                        allowed: !supervise_model.busy
                        onPressed: page.sign()
                    }
                }
            }
        }
    }
}
