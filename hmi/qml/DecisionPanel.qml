import QtQuick

// The decision stands at the end of the reading. No button is emphasised; Release is farthest
// from the image.
Item {
    id: panel
    visible: session_model.reads_cases
    implicitHeight: Theme.px(56) * 2 + Theme.px(16) + words.height + Theme.px(10)

    Column {
        anchors { left: parent.left; right: parent.right; top: parent.top }
        spacing: Theme.px(16)
        Row {
            spacing: Theme.px(16)
            PushButton {
                objectName: "inspect"
                width: (panel.width - Theme.px(16)) / 2; height: Theme.px(56)
                label: qsTr("Physical inspection"); key_label: "I"
                allowed: operate.decisions_allowed
                onPressed: operate.trigger("inspect")
            }
            PushButton {
                objectName: "documents"
                width: (panel.width - Theme.px(16)) / 2; height: Theme.px(56)
                label: qsTr("Documentary check"); key_label: "D"
                allowed: operate.decisions_allowed
                onPressed: operate.trigger("documents")
            }
        }
        Row {
            spacing: Theme.px(16)
            PushButton {
                objectName: "hold"
                width: (panel.width - 2 * Theme.px(16)) / 3; height: Theme.px(56)
                label: qsTr("Hold"); key_label: "H"
                allowed: operate.decisions_allowed
                onPressed: operate.trigger("hold")
            }
            PushButton {
                objectName: "more"
                width: (panel.width - 2 * Theme.px(16)) / 3; height: Theme.px(56)
                label: qsTr("More"); key_label: "M"
                allowed: operate.more_allowed
                onPressed: operate.trigger("more")
            }
            PushButton {
                objectName: "release"
                width: (panel.width - 2 * Theme.px(16)) / 3; height: Theme.px(56)
                label: qsTr("Release"); key_label: "L"
                allowed: operate.decisions_allowed
                onPressed: operate.trigger("release")
            }
        }
    }
    Column {
        id: words
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: Theme.px(62)
        Words {
            id: decision_words
            objectName: "decision_words"
            width: parent.width
            font.pixelSize: Theme.text_small
            font.bold: case_model.decided
            wrapMode: Text.Wrap
            maximumLineCount: 2
            text: case_model.decided
                  ? case_model.decision_text
                  : [case_model.decided_so_far, operate.decision_blocked, case_model.deadline_text].filter(s => s !== "").join(" ")
        }
        Words {
            width: parent.width
            visible: case_model.decided && text !== ""
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            // A file's name tells most at its ends.
            readonly property bool one_line: decision_words.lineCount > 1
            elide: one_line ? Text.ElideMiddle : Text.ElideRight
            wrapMode: one_line ? Text.NoWrap : Text.Wrap
            maximumLineCount: one_line ? 1 : 2
            text: case_model.decision_note
        }
    }
}
