import QtQuick

Panel {
    id: card

    Words {
        id: title
        objectName: "findings_title"
        anchors { left: parent.left; top: parent.top; leftMargin: Theme.px(11); topMargin: Theme.px(8) }
        text: case_model.findings_title
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    ListView {
        id: list
        anchors { left: parent.left; right: parent.right; top: title.bottom; bottom: parent.bottom; margins: Theme.px(10) }
        clip: true
        spacing: Theme.px(8)
        boundsBehavior: Flickable.StopAtBounds
        cacheBuffer: 0  // nothing is made ahead that another case would have to take back
        model: case_model.findings
        currentIndex: operate.selected_finding
        highlightMoveDuration: 0
        footer: Item {
            width: list.width
            height: case_model.outcome_text === "" ? 0 : outcome_words.implicitHeight + Theme.px(8)
            Words {
                id: outcome_words
                objectName: "outcome_words"
                anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
                visible: text !== ""
                text: case_model.outcome_text
                wrapMode: Text.Wrap
                font.pixelSize: Theme.text_small
            }
        }
        delegate: Rectangle {
            id: finding
            required property int index
            required property int number
            required property string title
            required property string text
            required property real score
            required property string answer
            readonly property bool selected: operate.selected_finding === index
            readonly property bool open: answer === "none"
            objectName: "finding_" + number

            width: list.width
            height: content.implicitHeight + Theme.px(18)
            radius: Theme.corner
            color: Theme.card
            border.width: selected ? 2 : 1
            border.color: !open ? (selected ? Theme.ink_second : Theme.rule)
                                : (selected ? (score >= 0.8 ? Theme.alarm : Theme.attention) : Theme.edge)

            MouseArea { anchors.fill: parent; onClicked: operate.select_finding(finding.index) }
            Column {
                id: content
                anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(10) }
                spacing: Theme.px(6)
                Item {
                    width: parent.width
                    height: Math.max(Theme.px(24), title_words.implicitHeight)
                    Words { id: number_words; anchors.left: parent.left; width: Theme.px(30); text: finding.number; font.bold: true }
                    Words {
                        id: title_words
                        wrapMode: Text.Wrap
                        anchors { left: number_words.right; right: score_words.left; rightMargin: Theme.px(8) }
                        text: finding.title
                        font.pixelSize: Theme.text_body
                        font.bold: true
                    }
                    Words { id: score_words; anchors.right: parent.right; text: finding.score.toFixed(2) }
                }
                Words {
                    width: parent.width
                    text: finding.text
                    font.pixelSize: Theme.text_small
                    wrapMode: Text.Wrap
                    color: Theme.ink_second
                }
                Row {
                    anchors.left: parent.left
                    spacing: Theme.px(8)
                    topPadding: Theme.px(2)
                    Repeater {
                        model: [
                            { answer: "agree", key: "A", label: qsTr("Agree"), said: qsTr("Agreed") },
                            { answer: "reject", key: "R", label: qsTr("Reject"), said: qsTr("Rejected") },
                            { answer: "unsure", key: "U", label: qsTr("Unsure"), said: qsTr("Unsure") }
                        ]
                        PushButton {
                            required property var modelData
                            objectName: modelData.answer + "_" + finding.number
                            implicitWidth: Theme.px(120)
                            label: chosen ? "\u2713 " + modelData.said : modelData.label
                            key_label: chosen ? "" : modelData.key
                            chosen: finding.answer === modelData.answer
                            chosen_fill: Theme.ink_second
                            allowed: operate.answers_allowed
                            onPressed: operate.answer(finding.index, modelData.answer)
                        }
                    }
                }
            }
        }
    }
    ScrollMark { list: list }
    Column {
        id: look
        objectName: "first_look"
        anchors { left: parent.left; right: parent.right; top: title.bottom; margins: Theme.px(14) }
        visible: case_model.read_first
        spacing: Theme.px(10)
        Words {
            width: parent.width
            wrapMode: Text.Wrap
            text: qsTr("Read this image before the findings appear. What do you see?")
        }
        Words {
            width: parent.width
            wrapMode: Text.Wrap
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            text: qsTr("Marks that you draw on the image are kept with your answer.")
        }
        Repeater {
            model: [
                { something: false, key: "Ctrl N", label: qsTr("Nothing stands out") },
                { something: true, key: "Ctrl S", label: qsTr("Something stands out") }
            ]
            PushButton {
                required property var modelData
                objectName: modelData.something ? "saw_something" : "saw_nothing"
                width: look.width
                label: modelData.label
                key_label: modelData.key
                allowed: operate.first_look_allowed
                onPressed: operate.first_look(modelData.something)
            }
        }
    }
    Words {
        anchors.centerIn: parent
        visible: case_model.present && case_model.has_report && !case_model.read_first && case_model.finding_count === 0 && case_model.outcome_text === ""
        text: qsTr("Nothing was marked in this image")
        color: Theme.ink_second
    }
}
