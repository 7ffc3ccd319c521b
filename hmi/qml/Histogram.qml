import QtQuick

// How much of the image is how dense, thin at the left, and the contrast's two ends as handles.
Item {
    id: histogram
    objectName: "histogram"
    implicitHeight: Theme.px(110)
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    readonly property real span: 10  // attenuation at the right end
    readonly property real handle: Theme.px(22)
    readonly property real inner: width - handle

    function place(attenuation) { return Math.max(0, Math.min(1, attenuation / span)) * inner }

    Rectangle {
        anchors { left: parent.left; right: parent.right; leftMargin: histogram.handle / 2; rightMargin: histogram.handle / 2; top: parent.top }
        height: parent.height - histogram.handle
        color: Theme.panel
        border { width: 1; color: Theme.rule }
        Row {
            anchors.fill: parent
            Repeater {
                model: image_tools.histogram
                Item {
                    required property real modelData
                    width: histogram.inner / 128
                    height: parent.height
                    Rectangle {
                        anchors.bottom: parent.bottom
                        width: Math.ceil(parent.width)
                        height: parent.modelData * parent.height
                        color: Theme.ink_second
                    }
                }
            }
        }
    }
    Repeater {
        model: [{ name: "window_lo", low: true }, { name: "window_hi", low: false }]
        Item {
            id: end
            required property var modelData
            readonly property real value: modelData.low ? image_tools.chain.window_lo : image_tools.chain.window_hi
            objectName: modelData.name
            x: histogram.place(value)
            width: histogram.handle
            height: histogram.height
            Accessible.role: Accessible.Slider
            Accessible.name: modelData.low ? qsTr("Contrast from") : qsTr("Contrast to")
            Rectangle { x: parent.width / 2 - 1; width: 3; height: parent.height - histogram.handle; color: Theme.action }
            Rectangle {
                anchors { bottom: parent.bottom; horizontalCenter: parent.horizontalCenter }
                width: histogram.handle
                height: histogram.handle
                radius: Theme.corner
                color: Theme.action
            }
            MouseArea {
                anchors.fill: parent
                preventStealing: true
                onPositionChanged: function(event) {
                    const at = (mapToItem(histogram, event.x, 0).x - histogram.handle / 2) / histogram.inner * histogram.span
                    if (end.modelData.low)
                        image_tools.set_window(Math.min(at, image_tools.chain.window_hi - 0.05), image_tools.chain.window_hi)
                    else
                        image_tools.set_window(image_tools.chain.window_lo, Math.max(at, image_tools.chain.window_lo + 0.05))
                }
                onReleased: image_tools.settle()
            }
        }
    }
}
