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
    property real cursor_x: width / 2
    property real cursor_y: height / 2

    clip: true
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    Rectangle { anchors.fill: parent; color: Theme.air; visible: image.visible }

    ImageItem {
        id: image
        anchors.fill: parent
        visible: !pane.live && image_store.ready
        view: view_state
        store: image_store
        mode: pane.mode
        dark: Theme.dark
        chain: image_tools.chain
    }

    // Selects the finding whose frame holds that place, the smallest of several.
    function select_finding_at(x, y) {
        let best = null
        for (let i = 0; i < boxes.count; ++i) {
            const box = boxes.itemAt(i)
            if (!box.visible || !box.contains(mapToItem(box, x, y))) continue
            if (best === null || box.width * box.height < best.width * best.height) best = box
        }
        if (best !== null) operate.select_finding(best.index)
    }

    Repeater {
        id: boxes
        model: case_model.findings
        FindingBox {
            visible: image.visible && box_w > 0 && box_h > 0
        }
    }

    MarkItem {
        anchors.fill: parent
        visible: image.visible && (mark_model.count > 0 || mark_model.tool !== "")
        view: view_state
        marks: mark_model
        text_size: Theme.text_small
    }
    Loupe {
        visible: image_tools.loupe && image.visible && mouse.containsMouse
        mode: pane.mode
        at_x: pane.cursor_x
        at_y: pane.cursor_y
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
        property real press_x: 0
        property real press_y: 0
        property bool marked: false
        cursorShape: mark_model.tool !== "" ? Qt.CrossCursor : Qt.ArrowCursor
        readonly property bool marking: mark_model.tool !== "" && (pressedButtons & Qt.LeftButton)
        function column(event) { return view_state.origin_column + event.x / view_state.scale }
        function row(event) { return view_state.origin_row + event.y / view_state.scale }
        onPressed: function(event) {
            last_x = event.x
            last_y = event.y
            press_x = event.x
            press_y = event.y
            marked = mark_model.tool !== ""
            if (event.button === Qt.LeftButton && mark_model.tool !== "")
                mark_model.press(column(event), row(event))
        }
        onReleased: function(event) {
            image_tools.settle()
            mark_model.release()
        }
        onPositionChanged: function(event) {
            if (marking)
                mark_model.move(column(event), row(event))
            else if (pressedButtons & Qt.LeftButton)
                view_state.pan_by(event.x - last_x, event.y - last_y)
            else if (pressedButtons & Qt.RightButton)
                image_tools.drag_window(event.x - last_x, event.y - last_y)
            last_x = event.x
            last_y = event.y
            pane.cursor_x = event.x
            pane.cursor_y = event.y
            pane.read_out = image_store.read_out(column(event), row(event))
        }
        onExited: pane.read_out = ""
        onClicked: function(event) {
            const moved = Math.abs(event.x - press_x) + Math.abs(event.y - press_y)
            if (event.button === Qt.LeftButton && !marked && moved < Theme.px(6))
                pane.select_finding_at(event.x, event.y)
        }
        onDoubleClicked: view_state.fit()
        onWheel: function(event) {
            view_state.zoom_about(event.x, event.y, Math.pow(1.25, event.angleDelta.y / 120))
        }
    }
}
