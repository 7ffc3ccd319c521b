import QtQuick

// Cases by words, state, finding and time, newest first. F3 opens and closes it; Tab goes to the
// words, Enter looks for them; 1 to 3 step through the choices, arrows through the cases, Enter
// shows the selected one.
Panel {
    id: sheet
    objectName: "queue_list"
    visible: operate.overlay === "queue"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    onVisibleChanged: words_box.text = queue_model.text

    MouseArea { anchors.fill: parent; onWheel: function(event) { event.accepted = true } }
    Words {
        id: title
        anchors { left: parent.left; top: parent.top; margins: Theme.px(24) }
        text: qsTr("Cases")
        font.pixelSize: Theme.text_state
        font.bold: true
    }
    Words {
        anchors { right: parent.right; rightMargin: Theme.px(24); baseline: title.baseline }
        text: qsTr("F3 or Esc closes")
        color: Theme.ink_second
    }
    Column {
        id: questions
        anchors { left: parent.left; right: parent.right; top: title.bottom; margins: Theme.px(24); topMargin: Theme.px(14) }
        spacing: Theme.px(10)
        Item {
            width: parent.width
            height: Theme.px(44)
            Words {
                id: words_title
                anchors { left: parent.left; verticalCenter: parent.verticalCenter }
                text: qsTr("Container, plate or declaration (Tab, then Enter)")
            }
            TextBox {
                id: words_box
                objectName: "queue_words"
                anchors { left: words_title.right; leftMargin: Theme.px(16); right: parent.right }
                says: words_title.text
                onAccepted: { queue_model.search(text); sheet.forceActiveFocus() }
            }
        }
        Flow {
            width: parent.width
            spacing: Theme.px(10)
            Repeater {
                model: queue_model.choices
                PushButton {
                    required property int index
                    required property string modelData
                    objectName: "queue_choice_" + (index + 1)
                    label: modelData
                    key_label: index + 1
                    onPressed: queue_model.step(index)
                }
            }
        }
        Words {
            objectName: "queue_note"
            width: parent.width
            wrapMode: Text.Wrap
            text: queue_model.note
            color: queue_model.failed ? Theme.attention : Theme.ink_second
        }
    }
    ListView {
        id: view
        objectName: "queue_view"
        anchors { left: parent.left; right: parent.right; top: questions.bottom; bottom: parent.bottom; margins: Theme.px(24); topMargin: Theme.px(12) }
        clip: true
        spacing: Theme.px(8)
        boundsBehavior: Flickable.StopAtBounds
        model: sheet.visible ? queue_model.rows : null
        currentIndex: queue_model.selected
        onCurrentIndexChanged: positionViewAtIndex(currentIndex, ListView.Contain)
        delegate: Rectangle {
            id: row
            required property int index
            required property string title
            required property string about
            required property string standing
            required property string findings
            required property string picture
            required property bool open
            readonly property bool chosen: index === queue_model.selected
            objectName: chosen ? "queue_chosen" : "queue_row"
            width: view.width
            height: Math.max(frame.height, facts.implicitHeight) + Theme.px(16)
            radius: Theme.corner
            color: Theme.panel
            border { width: chosen ? 2 : 1; color: chosen ? Theme.ink : Theme.rule }
            MouseArea { anchors.fill: parent; onClicked: queue_model.select(row.index); onDoubleClicked: queue_model.open() }
            Rectangle {
                id: frame
                anchors { left: parent.left; leftMargin: Theme.px(10); verticalCenter: parent.verticalCenter }
                width: Theme.px(240)
                height: Theme.px(84)
                color: row.picture === "" ? "transparent" : Theme.air_of_pictures
                border { width: row.picture === "" ? 1 : 0; color: Theme.rule }
                Image {
                    objectName: "queue_picture"
                    anchors { fill: parent; margins: Theme.px(2) }
                    visible: row.picture !== ""
                    source: row.picture
                    fillMode: Image.PreserveAspectFit
                    asynchronous: true
                    mirror: false
                    Accessible.role: Accessible.Graphic
                    Accessible.name: row.title
                }
                Words {
                    visible: row.picture === ""
                    anchors.centerIn: parent
                    width: parent.width - Theme.px(16)
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.text_small
                    color: Theme.ink_second
                    text: qsTr("No picture")
                }
            }
            Column {
                id: facts
                anchors { left: frame.right; leftMargin: Theme.px(16); right: show.left; rightMargin: Theme.px(16); verticalCenter: parent.verticalCenter }
                spacing: Theme.px(4)
                Words { width: parent.width; wrapMode: Text.Wrap; font.bold: true; text: row.title }
                Words { width: parent.width; wrapMode: Text.Wrap; font.pixelSize: Theme.text_small; color: Theme.ink_second; text: row.about }
                Words {
                    width: parent.width
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.text_small
                    text: (row.open ? "\u25CF " : "\u25CB ") + row.standing + (row.findings === "" ? "" : "   " + row.findings)
                }
            }
            PushButton {
                id: show
                objectName: row.chosen ? "queue_show" : ""
                visible: row.chosen
                anchors { right: parent.right; rightMargin: Theme.px(10); verticalCenter: parent.verticalCenter }
                width: visible ? implicitWidth : 0
                label: qsTr("Show"); key_label: "Enter"
                onPressed: queue_model.open()
            }
        }
    }
    ScrollMark { list: view }
}
