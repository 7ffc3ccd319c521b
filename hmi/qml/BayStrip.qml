import QtQuick

// The bays behind the lane, one tile each in its own place: number, how its vehicle stands there and
// for how long, whose it is. A click, or B and the bay's number, shows its case.
Item {
    id: strip
    objectName: "bay_strip"
    readonly property bool shown: lane_model.bay_count > 0
    // Many bays have narrow tiles: three lines, and of how a vehicle stands the first words.
    readonly property bool narrow: lane_model.bay_count > 4
    height: shown ? Theme.px(narrow ? 98 : 76) : 0
    visible: shown

    Row {
        id: row
        anchors { left: parent.left; right: parent.right; top: parent.top; bottom: parent.bottom
                  leftMargin: Theme.px(10); rightMargin: Theme.px(10); topMargin: Theme.px(6) }
        spacing: Theme.px(8)

        Repeater {
            model: lane_model.bays
            Rectangle {
                id: tile
                required property int number
                required property string place
                required property string age
                required property string vehicle
                required property string owner
                required property string case_id
                required property string alarm
                required property bool to_decide
                required property bool isolated
                required property bool empty
                readonly property bool on_screen: case_id !== "" && case_id === case_model.case_id
                readonly property bool amiss: alarm !== "" || isolated
                objectName: "bay_" + number
                width: (row.width - (lane_model.bay_count - 1) * row.spacing) / lane_model.bay_count
                height: row.height
                radius: Theme.corner
                color: empty ? "transparent" : Theme.card
                border.width: amiss || to_decide || on_screen ? 2 : 1
                border.color: amiss ? Theme.alarm : to_decide ? Theme.attention
                                    : on_screen ? Theme.edge : Theme.rule
                opacity: lane_model.stale ? 0.6 : 1

                Accessible.role: Accessible.Button
                Accessible.name: qsTr("Bay %1: %2 %3").arg(number).arg(place).arg(vehicle)

                Words {
                    id: number_words
                    anchors { left: parent.left; leftMargin: Theme.px(12); top: parent.top; topMargin: Theme.px(6) }
                    text: (tile.amiss ? "\u25B2 " : tile.to_decide ? "\u25CF " : "") + qsTr("Bay %1").arg(tile.number)
                    font.bold: true
                    font.pixelSize: Theme.text_small
                    color: tile.amiss ? Theme.alarm : tile.to_decide ? Theme.attention
                                                                     : tile.empty ? Theme.ink_second : Theme.ink
                }
                Words {
                    id: place_words
                    objectName: "bay_place"
                    may_shorten: true  // in full on B
                    anchors {
                        left: strip.narrow ? number_words.left : number_words.right
                        leftMargin: strip.narrow ? 0 : Theme.px(10)
                        right: strip.narrow ? parent.right : age_words.left
                        rightMargin: strip.narrow ? Theme.px(12) : Theme.px(8)
                        top: strip.narrow ? number_words.bottom : number_words.top
                        topMargin: strip.narrow ? Theme.px(4) : 0
                    }
                    text: tile.alarm !== "" ? tile.alarm : strip.narrow ? tile.place.split(/[,،]/)[0] : tile.place
                    font.pixelSize: Theme.text_small
                    color: tile.empty ? Theme.ink_second : Theme.ink
                }
                Words {
                    id: age_words
                    anchors { right: parent.right; rightMargin: Theme.px(12); baseline: number_words.baseline }
                    text: tile.age
                    font.pixelSize: Theme.text_small
                    color: Theme.ink_second
                }
                Words {
                    anchors { left: number_words.left; right: owner_words.left; rightMargin: Theme.px(8); bottom: parent.bottom; bottomMargin: Theme.px(7) }
                    objectName: "bay_vehicle"
                    may_shorten: true
                    text: tile.vehicle
                    font.pixelSize: Theme.text_small
                    font.bold: tile.on_screen
                }
                Words {
                    id: owner_words
                    anchors { right: parent.right; rightMargin: Theme.px(12); bottom: parent.bottom; bottomMargin: Theme.px(7) }
                    text: tile.on_screen ? qsTr("shown") : tile.owner
                    font.pixelSize: Theme.text_small
                    color: Theme.ink_second
                }
                MouseArea {
                    anchors.fill: parent
                    enabled: !tile.empty
                    onClicked: operate.show_bay(tile.number)
                }
            }
        }
    }
}
