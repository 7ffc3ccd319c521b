import QtQuick

// Who and what: container, seal, declaration, plate; then the declared goods.
Panel {
    id: card
    readonly property int rows_max: case_model.first_item_count
    // Few goods are shown in full; many in one line each, and all of them on G.
    readonly property bool compact: case_model.item_count > 3
    implicitHeight: column.implicitHeight + Theme.px(22)

    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(11) }
        spacing: Theme.px(6)
        Words {
            objectName: "case_title"
            width: parent.width
            text: case_model.present || lane_model.vehicle === "" ? case_model.title : lane_model.vehicle
            font.pixelSize: Theme.text_title
            font.bold: true
            wrapMode: Text.Wrap
            maximumLineCount: 2
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: case_model.subtitle
            font.pixelSize: Theme.text_small
            wrapMode: Text.Wrap
            maximumLineCount: 3
            color: Theme.ink_second
        }
        Words {
            objectName: "identity_text"
            width: parent.width
            visible: text !== ""
            text: case_model.identity_text === "" ? "" : "\u25CF " + case_model.identity_text
            wrapMode: Text.Wrap
            maximumLineCount: 4
            color: case_model.decidable ? Theme.attention : Theme.ink_second
        }
        PushButton {
            objectName: "look_at_identity"
            visible: case_model.identity_text !== "" && case_model.to_decide && session_model.reads_cases
            implicitHeight: Theme.px(44)
            width: column.width
            text_size: Theme.text_small
            label: qsTr("Whose vehicle it is"); key_label: "Ctrl I"
            onPressed: operate.trigger("identity")
        }
        Rectangle { width: parent.width; height: 1; color: Theme.rule; visible: case_model.present }
        Words {
            objectName: "declaration_pending"
            width: parent.width
            visible: text !== ""
            text: case_model.declaration_pending
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
        Words {
            objectName: "declaration_text"
            width: parent.width
            visible: text !== ""
            text: case_model.declaration_text === "" ? "" : "\u25CF " + case_model.declaration_text
            font.pixelSize: Theme.text_body
            wrapMode: Text.Wrap
            maximumLineCount: 4
            color: case_model.to_decide ? Theme.attention : Theme.ink_second
        }
        Words {
            objectName: "declaration_choice"
            width: parent.width
            visible: text !== ""
            text: case_model.declaration_choice
            font.pixelSize: Theme.text_small
            wrapMode: Text.Wrap
            color: Theme.ink_second
        }
        Words {
            objectName: "declaration_late"
            width: parent.width
            visible: text !== ""
            text: case_model.declaration_late
            font.pixelSize: Theme.text_small
            wrapMode: Text.Wrap
            maximumLineCount: 3
            color: Theme.ink_second
        }
        PushButton {
            objectName: "choose_declaration"
            visible: case_model.declaration_open && session_model.reads_cases
            implicitHeight: Theme.px(44)
            width: column.width
            text_size: Theme.text_small
            label: qsTr("Which declaration holds"); key_label: "Ctrl G"
            onPressed: operate.trigger("declarations")
        }
        Repeater {
            model: case_model.first_items
            GoodsRow {
                objectName: "goods_" + (index + 1)
                width: column.width
                compact: card.compact
            }
        }
        PushButton {
            objectName: "all_goods"
            visible: case_model.item_count > card.rows_max
            implicitHeight: Theme.px(44)
            width: column.width
            text_size: Theme.text_small
            label: qsTr("%n more item(s)", "", case_model.item_count - card.rows_max); key_label: "G"
            onPressed: operate.trigger("goods")
        }
        Words {
            objectName: "damage"
            width: parent.width
            visible: text !== ""
            text: case_model.damage === "" ? "" : "\u25CF " + qsTr("Image: %1").arg(case_model.damage)
            font.pixelSize: Theme.text_small
            wrapMode: Text.Wrap
            maximumLineCount: 4
            color: Theme.attention
        }
        Words {
            objectName: "remarks"
            width: parent.width
            visible: text !== ""
            text: case_model.remarks === "" ? "" : qsTr("Image: %1").arg(case_model.remarks)
            font.pixelSize: Theme.text_small
            wrapMode: Text.Wrap
            maximumLineCount: 2
            color: Theme.ink_second
        }
    }
}
