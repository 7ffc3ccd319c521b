import QtQuick

// Takes the height its sentences need; where the column has not that much, it scrolls.
Panel {
    implicitHeight: view.contentHeight + Theme.px(20)
    visible: case_model.check_count > 0

    Flickable {
        id: view
        anchors { fill: parent; margins: Theme.px(10) }
        contentHeight: column.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height + 1

    Column {
        id: column
        width: view.width
        spacing: Theme.px(5)
        Words {
            width: column.width
            text: qsTr("Scan against declaration")
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
        Repeater {
            model: case_model.checks
            Item {
                id: check
                required property string outcome
                required property string name
                required property string text
                readonly property bool differs: outcome === "differs"
                width: column.width
                height: Math.max(Theme.px(22), name_words.implicitHeight, text_words.implicitHeight)
                Words {
                    id: sign
                    anchors.left: parent.left
                    width: Theme.px(28)
                    text: check.outcome === "agrees" ? "\u2713" : (check.differs ? "\u25B2" : "?")
                    color: check.differs ? Theme.alarm : Theme.ink_second
                    font.bold: !check.differs
                    Accessible.name: check.outcome === "agrees" ? qsTr("agrees")
                                     : (check.differs ? qsTr("differs") : qsTr("not known"))
                }
                Words {
                    id: name_words
                    anchors.left: sign.right
                    width: Theme.px(112)
                    wrapMode: Text.Wrap
                    text: check.name
                }
                Words {
                    id: text_words
                    anchors { left: name_words.right; right: parent.right }
                    text: check.text
                    font.pixelSize: Theme.text_small
                    wrapMode: Text.Wrap
                    color: check.differs ? Theme.ink : Theme.ink_second
                }
            }
        }
    }
    }
    ScrollMark { list: view }
}
