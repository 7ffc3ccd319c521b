import QtQuick
import Portcullis 1.0

// The image of the case that is inspected, whole, with the findings' boxes and their numbers, and
// metres from the doors below it. Never mirrored.
Item {
    id: pane
    objectName: "inspect_image_pane"
    clip: true
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    onWidthChanged: inspect_view.set_pane(width, height)
    onHeightChanged: inspect_view.set_pane(width, height)
    Component.onCompleted: inspect_view.set_pane(width, height)

    readonly property bool drawn: image.drawn

    Rectangle { anchors.fill: parent; color: Theme.air; visible: image.visible }
    ImageItem {
        id: image
        anchors.fill: parent
        visible: inspect_model.chosen && image_store.ready
        view: inspect_view
        store: image_store
        mode: "standard"
        dark: Theme.dark
        chain: image_tools.chain
    }
    Repeater {
        model: inspect_model.rows
        Item {
            id: box
            required property int number
            required property int box_x
            required property int box_y
            required property int box_w
            required property int box_h
            visible: image.visible && number > 0 && box_w > 0 && box_h > 0
            x: Math.round((box_x - inspect_view.origin_column) * inspect_view.scale) - Theme.px(6)
            y: Math.round((box_y - inspect_view.origin_row) * inspect_view.scale) - Theme.px(6)
            width: Math.max(Theme.px(24), Math.round(box_w * inspect_view.scale) + Theme.px(12))
            height: Math.max(Theme.px(24), Math.round(box_h * inspect_view.scale) + Theme.px(12))
            Rectangle {
                anchors { fill: parent; margins: -1 }
                color: "transparent"
                border { width: 1; color: Theme.casing_black }
            }
            Rectangle {
                anchors.fill: parent
                color: "transparent"
                border { width: Theme.px(2); color: Theme.attention }
            }
            Rectangle {
                anchors { fill: parent; margins: Theme.px(2) }
                color: "transparent"
                border { width: 1; color: Theme.casing_white }
            }
            Rectangle {
                x: -1
                y: box.y < height + 1 ? -1 : -height - 1
                width: Math.max(Theme.px(26), number_words.implicitWidth + Theme.px(12))
                height: Theme.px(26)
                color: Theme.attention
                border { width: 1; color: Theme.casing_black }
                Words {
                    id: number_words
                    anchors.centerIn: parent
                    text: box.number
                    font.bold: true
                    color: Theme.on_fill
                }
            }
        }
    }
    MouseArea {
        anchors.fill: parent
        property real last_x: 0
        property real last_y: 0
        onPressed: function(event) { last_x = event.x; last_y = event.y }
        onPositionChanged: function(event) {
            inspect_view.pan_by(event.x - last_x, event.y - last_y)
            last_x = event.x
            last_y = event.y
        }
        onDoubleClicked: inspect_view.fit()
        onWheel: function(event) {
            inspect_view.zoom_about(event.x, event.y, Math.pow(1.25, event.angleDelta.y / 120))
        }
    }
}
