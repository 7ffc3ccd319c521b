import QtQuick
import Portcullis 1.0

// The radiation portal's counts, under the image and along its columns.
Panel {
    id: strip

    property real pane_x: 0        // of the image's pane, from this panel's left edge
    property real pane_width: width
    property real image_cursor: -1  // on the image, in the pane's pixels; below 0: none
    readonly property real cursor: mouse.containsMouse ? mouse.mouseX : -1

    Words {
        id: title
        objectName: "profile_title"
        anchors { left: parent.left; leftMargin: Theme.px(12); right: reading.left; rightMargin: Theme.px(12); top: parent.top; topMargin: Theme.px(6) }
        may_shorten: true  // what is read off matters more
        text: plot.placed ? qsTr("Radiation portal, gamma counts along the vehicle")
                          : qsTr("Radiation portal, gamma counts as the vehicle passed")
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    Words {
        id: reading
        objectName: "profile_text"
        anchors { right: parent.right; rightMargin: Theme.px(12); baseline: title.baseline }
        text: plot.text
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    ProfileItem {
        id: plot
        objectName: "profile_plot"
        // Not by anchors: what lies under the image is mirrored as little as the image.
        x: strip.pane_x
        width: strip.pane_width
        anchors { top: title.bottom; bottom: parent.bottom; topMargin: Theme.px(6); bottomMargin: Theme.px(4) }
        source: case_model
        view: view_state
        store: image_store
        line: Theme.ink
        level: Theme.ink_second
        alarm: Theme.alarm
        cursor: strip.cursor >= 0 ? strip.cursor : strip.image_cursor
        visible: case_model.has_profile
        MouseArea {
            id: mouse
            anchors.fill: parent
            hoverEnabled: true
            acceptedButtons: Qt.NoButton
        }
    }
}
