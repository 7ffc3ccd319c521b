import QtQuick

// Who and what: container, seal, declaration, plate; then the declared goods.
Panel {
    id: card
    readonly property int rows_max: 5
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
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.text_small
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: case_model.subtitle
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
        Rectangle { width: parent.width; height: 1; color: Theme.rule; visible: case_model.present }
        Words {
            width: parent.width
            visible: text !== ""
            text: case_model.declaration_text
            font.pixelSize: Theme.text_body
            wrapMode: Text.Wrap
            maximumLineCount: 3
            color: Theme.attention
        }
        Repeater {
            model: case_model.items
            Item {
                id: item
                required property int index
                required property string hs_code
                required property string description
                required property string packages
                required property string mass
                visible: index < card.rows_max
                width: column.width
                height: visible ? Theme.px(24) : 0
                Words { id: hs; width: Theme.px(86); text: item.hs_code }
                Words {
                    anchors { left: hs.right; right: packages_words.left; rightMargin: Theme.px(10) }
                    text: item.description
                }
                Words {
                    id: packages_words
                    anchors { right: mass_words.left; rightMargin: Theme.px(14) }
                    text: item.packages
                    font.pixelSize: Theme.text_small
                    color: Theme.ink_second
                }
                Words {
                    id: mass_words
                    anchors.right: parent.right
                    width: Theme.px(96)
                    horizontalAlignment: Text.AlignRight
                    text: item.mass
                }
            }
        }
        Words {
            visible: case_model.item_count > card.rows_max
            text: qsTr("and %1 more items").arg(case_model.item_count - card.rows_max)
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: case_model.damage === "" ? "" : "\u25CF " + qsTr("Image: %1").arg(case_model.damage)
            font.pixelSize: Theme.text_small
            wrapMode: Text.Wrap
            maximumLineCount: 2
            color: Theme.attention
        }
    }
}
