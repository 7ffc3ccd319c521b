import QtQuick
import Portcullis 1.0

// The image about the cursor three times closer, in a frame with both casings. It lets the mouse
// through.
Rectangle {
    id: loupe
    objectName: "loupe"

    property string mode
    property real at_x: 0
    property real at_y: 0
    readonly property real side: Theme.px(280)

    width: side
    height: side
    // Beside the cursor, on the side where there is room.
    x: at_x + Theme.px(24) + side > parent.width ? at_x - Theme.px(24) - side : at_x + Theme.px(24)
    y: Math.max(0, Math.min(parent.height - side, at_y - side / 2))
    color: Theme.casing_white
    border { width: 1; color: Theme.casing_black }

    function look() {
        if (visible)
            loupe_view.look_at(view_state.origin_column + at_x / view_state.scale,
                               view_state.origin_row + at_y / view_state.scale, view_state.scale * 3)
    }
    onAt_xChanged: look()
    onAt_yChanged: look()
    onVisibleChanged: look()
    onSideChanged: loupe_view.set_pane(side - 6, side - 6)
    Component.onCompleted: loupe_view.set_pane(side - 6, side - 6)

    ImageItem {
        anchors { fill: parent; margins: 3 }
        view: loupe_view
        store: image_store
        mode: loupe.mode
        dark: Theme.dark
        chain: image_tools.chain
    }
}
