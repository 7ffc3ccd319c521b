import QtQuick

// The bays in full sentences; a digit shows the case of its vehicle.
Panel {
    id: list
    objectName: "bay_list"
    visible: operate.overlay === "bays"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: column.implicitHeight + Theme.px(40)

    MouseArea { anchors.fill: parent; onWheel: function(event) { event.accepted = true } }
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
        spacing: Theme.px(12)
        Words { width: column.width; text: qsTr("Vehicles in the bays"); font.pixelSize: Theme.text_state; font.bold: true }
        PushButton {
            width: column.width
            height: Theme.px(56)
            label: "0   " + qsTr("Whatever the lane wants decided next")
            onPressed: operate.trigger("digit_0")
        }
        Repeater {
            model: lane_model.bays
            Rectangle {
                id: entry
                required property int number
                required property string place
                required property string age
                required property string vehicle
                required property string owner
                required property string alarm
                required property bool empty
                width: column.width
                height: Math.max(Theme.px(56), words.implicitHeight + Theme.px(20))
                radius: Theme.corner
                color: Theme.card
                border { width: 1; color: empty ? Theme.rule : Theme.edge }
                Words {
                    id: words
                    anchors { left: parent.left; right: parent.right; leftMargin: Theme.px(16); rightMargin: Theme.px(16); verticalCenter: parent.verticalCenter }
                    wrapMode: Text.Wrap
                    color: entry.empty ? Theme.ink_second : Theme.ink
                    text: {
                        const parts = [qsTr("%1   Bay %1: %2").arg(entry.number).arg(entry.place)]
                        if (entry.vehicle !== "")
                            parts.push(entry.vehicle)
                        if (entry.age !== "")
                            parts.push(qsTr("for %1, by %2").arg(entry.age).arg(entry.owner))
                        if (entry.alarm !== "")
                            parts.push("\u25B2 " + entry.alarm)
                        return parts.join("; ")
                    }
                }
                MouseArea {
                    anchors.fill: parent
                    enabled: !entry.empty
                    onClicked: operate.show_bay(entry.number)
                }
            }
        }
        PushButton { anchors.left: parent.left; label: qsTr("Leave"); key_label: "Esc"; onPressed: operate.trigger("leave") }
    }
}
