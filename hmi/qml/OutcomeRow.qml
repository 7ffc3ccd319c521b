import QtQuick

// One finding, or the rest of the load: what it was, and what was found.
Rectangle {
    id: row
    required property int index
    required property int number
    required property string title
    required property string text
    required property string place
    required property string result
    required property string what
    required property string where
    required property string how_much
    property Item host
    readonly property bool found: result === "found"

    objectName: "outcome_" + number
    height: column.implicitHeight + Theme.px(20)
    radius: Theme.corner
    color: Theme.card
    border { width: 1; color: result === "" ? Theme.edge : Theme.rule }

    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(10) }
        spacing: Theme.px(8)
        Words {
            width: parent.width
            text: row.number > 0 ? row.number + "   " + row.title : row.title
            font.bold: true
            wrapMode: Text.Wrap
        }
        Words {
            objectName: "place_" + row.number
            width: parent.width
            visible: text !== ""
            text: row.place
            wrapMode: Text.Wrap
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: row.text
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            wrapMode: Text.Wrap
        }
        Row {
            id: results
            spacing: Theme.px(8)
            Repeater {
                model: [
                    { result: "nothing", label: qsTr("Nothing") },
                    { result: "found", label: qsTr("Found") },
                    { result: "not_examined", label: qsTr("Not examined") }
                ]
                PageButton {
                    id: result_button
                    required property var modelData
                    objectName: modelData.result + "_" + row.number
                    width: (column.width - 2 * Theme.px(8)) / 3
                    label: (chosen ? "\u2713 " : "") + modelData.label
                    chosen: row.result === modelData.result
                    chosen_fill: Theme.ink_second
                    onPressed: inspect_model.set_result(row.index, modelData.result)
                    onFocused: row.host.bring_to_sight(result_button)
                }
            }
        }
        Repeater {
            model: row.found ? ["what", "where", "how_much"] : []
            Column {
                id: entry
                required property string modelData
                readonly property var choices: modelData === "what" ? inspect_model.what_words
                                               : modelData === "where" ? inspect_model.where_words : []
                width: column.width
                spacing: Theme.px(6)
                Row {
                    width: parent.width
                    spacing: Theme.px(8)
                    PageField {
                        id: field
                        objectName: entry.modelData + "_" + row.number
                        width: parent.width - (choose.visible ? choose.width + Theme.px(8) : 0)
                        says: entry.modelData === "what" ? qsTr("What was found")
                              : entry.modelData === "where" ? qsTr("Where") : qsTr("How much")
                        value: entry.modelData === "what" ? row.what
                               : entry.modelData === "where" ? row.where : row.how_much
                        onEdited: (text) => inspect_model.set_text(row.index, entry.modelData, text)
                        onFocused: (field) => row.host.use(field)
                    }
                    PageButton {
                        id: choose
                        objectName: "choose_" + entry.modelData + "_" + row.number
                        visible: entry.choices.length > 0
                        label: qsTr("Choose")
                        onPressed: row.host.choose_words(row.index, entry.modelData, entry.choices)
                        onFocused: row.host.bring_to_sight(choose)
                    }
                }
            }
        }
    }
}
