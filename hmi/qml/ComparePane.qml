import QtQuick
import Portcullis 1.0

// An earlier scan of the same container over or below the current one: it follows the view of that.
Item {
    id: pane
    property string mode: "standard"
    // Of a swipe the pane ends at the line; the picture behind it stays in its place.
    property real full_width: width
    readonly property bool drawn: image.drawn
    clip: true
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    Rectangle { anchors.fill: parent; color: Theme.air; visible: compare_model.shown }
    ImageItem {
        id: image
        objectName: "compare_image"
        width: pane.full_width
        height: pane.height
        visible: compare_model.shown
        view: compare_view
        store: compare_store
        mode: pane.mode
        dark: Theme.dark
        chain: image_tools.chain
    }
    Rectangle {
        anchors { left: parent.left; top: parent.top; margins: Theme.px(8) }
        width: title_words.implicitWidth + Theme.px(12)
        height: title_words.implicitHeight + Theme.px(6)
        color: Theme.air
        visible: compare_model.shown
        Words {
            id: title_words
            objectName: "compare_title"
            anchors.centerIn: parent
            text: compare_model.note
            font.pixelSize: Theme.text_small
            color: Theme.on_air
        }
    }
    Words {
        objectName: "compare_note"
        visible: !compare_model.shown
        anchors.centerIn: parent
        width: parent.width - Theme.px(40)
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        font.pixelSize: Theme.text_title
        text: compare_model.note
    }
}
