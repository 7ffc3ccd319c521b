import QtQuick
import Portcullis 1.0

// The whole vehicle small, and a frame about the part in sight; a click or drag moves it there.
Rectangle {
    id: overview
    objectName: "overview"

    readonly property real factor: overview_view.scale
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    width: Theme.px(360)
    height: Theme.px(120)
    color: Theme.casing_white
    border { width: 1; color: Theme.casing_black }
    onWidthChanged: overview_view.set_pane(width - 6, height - 6)
    onHeightChanged: overview_view.set_pane(width - 6, height - 6)
    Component.onCompleted: overview_view.set_pane(width - 6, height - 6)

    Item {
        id: picture
        anchors { fill: parent; margins: 3 }
        clip: true
        ImageItem {
            anchors.fill: parent
            view: overview_view
            store: image_store
            mode: "standard"
            dark: Theme.dark
        }
        Rectangle {
            objectName: "overview_frame"
            x: (view_state.origin_column - overview_view.origin_column) * overview.factor
            y: (view_state.origin_row - overview_view.origin_row) * overview.factor
            width: Math.max(4, view_state.seen_columns * overview.factor)
            height: Math.max(4, view_state.seen_rows * overview.factor)
            color: "transparent"
            border { width: 1; color: Theme.casing_black }
            Rectangle {
                anchors { fill: parent; margins: 1 }
                color: "transparent"
                border { width: 2; color: Theme.casing_white }
            }
        }
        MouseArea {
            anchors.fill: parent
            function go(event) {
                view_state.look_at(overview_view.origin_column + event.x / overview.factor,
                                   overview_view.origin_row + event.y / overview.factor, view_state.scale)
            }
            onPressed: function(event) { go(event) }
            onPositionChanged: function(event) { go(event) }
            onWheel: function(event) { event.accepted = true }
        }
    }
}
