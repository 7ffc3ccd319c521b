import QtQuick
import Portcullis 1.0

// One row of the image with its findings, or the running scan's columns.
Item {
    id: pane

    property string mode: "standard"
    property string title
    property bool live: false
    readonly property bool drawn: image.drawn
    readonly property bool hovered: mouse.containsMouse
    property string read_out

    clip: true

    Rectangle { anchors.fill: parent; color: Theme.air; visible: image.visible }

    ImageItem {
        id: image
        anchors.fill: parent
        visible: !pane.live && image_store.ready
        view: view_state
        store: image_store
        mode: pane.mode
        dark: Theme.dark
        window_lo: operate.window_lo
        window_hi: operate.window_hi
    }

    Repeater {
        model: case_model.findings
        FindingBox {
            visible: image.visible && box_w > 0 && box_h > 0
        }
    }

    Rectangle {
        anchors { left: parent.left; top: parent.top; margins: Theme.px(8) }
        width: title_words.implicitWidth + Theme.px(12)
        height: title_words.implicitHeight + Theme.px(6)
        color: Theme.air
        visible: !pane.live && image_store.ready
        Words {
            id: title_words
            anchors.centerIn: parent
            text: pane.title
            font.pixelSize: Theme.text_small
            color: Theme.on_air
        }
    }

    MouseArea {
        id: mouse
        anchors.fill: parent
        enabled: !pane.live && image_store.ready
        hoverEnabled: true
        acceptedButtons: Qt.LeftButton | Qt.RightButton
        property real last_x: 0
        property real last_y: 0
        onPressed: function(event) { last_x = event.x; last_y = event.y }
        onPositionChanged: function(event) {
            if (pressedButtons & Qt.LeftButton)
                view_state.pan_by(event.x - last_x, event.y - last_y)
            else if (pressedButtons & Qt.RightButton)
                operate.drag_window(event.x - last_x, event.y - last_y)
            last_x = event.x
            last_y = event.y
            pane.read_out = image_store.read_out(view_state.origin_column + event.x / view_state.scale,
                                                 view_state.origin_row + event.y / view_state.scale)
        }
        onExited: pane.read_out = ""
        onDoubleClicked: view_state.fit()
        onWheel: function(event) {
            view_state.zoom_about(event.x, event.y, Math.pow(1.25, event.angleDelta.y / 120))
        }
    }
}
