import QtQuick

// All of the image's tools in words with their keys; what is on is filled. T opens and closes it.
Panel {
    id: panel
    objectName: "tool_panel"
    color: Theme.card
    readonly property real row_height: Theme.px(36)  // so that the history has some lines, too

    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(10) }
        spacing: Theme.px(6)

        Words {
            text: qsTr("Contrast, attenuation %1 to %2").arg(image_tools.chain.window_lo.toFixed(2)).arg(image_tools.chain.window_hi.toFixed(2))
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            width: column.width
            wrapMode: Text.Wrap
        }
        Histogram { width: column.width }
        Grid {
            columns: 2
            spacing: Theme.px(6)
            Repeater {
                model: [
                    { id: "whole", key: "W", label: qsTr("Whole range") },
                    { id: "log", key: "K", label: qsTr("Logarithm") },
                    { id: "high", key: "5", label: qsTr("High penetration") },
                    { id: "low", key: "6", label: qsTr("Low penetration") }
                ]
                PushButton {
                    required property var modelData
                    objectName: "preset_" + modelData.id
                    width: (column.width - Theme.px(6)) / 2
                    height: panel.row_height
                    padding: Theme.px(6)
                    text_size: Theme.text_small
                    label: modelData.label; key_label: modelData.key
                    onPressed: image_tools.preset(modelData.id)
                }
            }
        }
        Row {
            spacing: Theme.px(6)
            PushButton { objectName: "gamma_less"; implicitWidth: Theme.px(44); height: panel.row_height; label: ","; onPressed: image_tools.step_power(-1) }
            Words {
                width: column.width - 2 * Theme.px(50)
                height: panel.row_height
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                text: qsTr("Gamma %1").arg(image_tools.chain.power.toFixed(2))
            }
            PushButton { objectName: "gamma_more"; implicitWidth: Theme.px(44); height: panel.row_height; label: "."; onPressed: image_tools.step_power(1) }
        }
        Grid {
            columns: 2
            spacing: Theme.px(6)
            Repeater {
                model: [
                    { id: "edges", key: "7", label: qsTr("Edges"), on: image_tools.chain.edges },
                    { id: "local", key: "8", label: qsTr("Local contrast"), on: image_tools.chain.local },
                    { id: "inverse", key: "9", label: qsTr("Inverse"), on: image_tools.chain.inverse },
                    { id: "denoise", key: "J", label: qsTr("Less noise"), on: image_tools.chain.denoise },
                    { id: "heavy_mark", key: "X", label: qsTr("Heavy metal"), on: image_tools.chain.heavy_mark },
                    { id: "low_energy", key: "E", label: qsTr("Low energy"), on: image_tools.chain.low_energy }
                ]
                PushButton {
                    required property var modelData
                    objectName: "step_" + modelData.id
                    width: (column.width - Theme.px(6)) / 2
                    height: panel.row_height
                    padding: Theme.px(6)
                    text_size: Theme.text_small
                    label: modelData.label; key_label: modelData.key
                    chosen: modelData.on
                    onPressed: image_tools.toggle(modelData.id)
                }
            }
            Repeater {
                model: [
                    { id: "palette", key: "C", label: qsTr("Colours"), on: image_tools.chain.palette >= 0 },
                    { id: "sweep", key: "V", label: qsTr("Sweep"), on: image_tools.sweeping },
                    { id: "loupe", key: "Z", label: qsTr("Loupe"), on: image_tools.loupe },
                    { id: "overview", key: "O", label: qsTr("Overview"), on: image_tools.overview }
                ]
                PushButton {
                    required property var modelData
                    objectName: "tool_" + modelData.id
                    width: (column.width - Theme.px(6)) / 2
                    height: panel.row_height
                    padding: Theme.px(6)
                    text_size: Theme.text_small
                    label: modelData.label; key_label: modelData.key
                    chosen: modelData.on
                    onPressed: operate.trigger(modelData.id)
                }
            }
        }
        Row {
            spacing: Theme.px(6)
            PushButton {
                width: (column.width - Theme.px(6)) / 2
                height: panel.row_height
                padding: Theme.px(6)
                text_size: Theme.text_small
                objectName: "standard"
                label: qsTr("Standard image"); key_label: "S"
                onPressed: operate.trigger("standard")
            }
            PushButton {
                width: (column.width - Theme.px(6)) / 2
                height: panel.row_height
                padding: Theme.px(6)
                text_size: Theme.text_small
                objectName: "compare"
                label: qsTr("Compare"); key_label: "Ctrl E"
                chosen: compare_model.mode !== ""
                onPressed: operate.trigger("compare")
            }
        }
        Row {
            spacing: Theme.px(6)
            PushButton {
                width: (column.width - Theme.px(6)) / 2
                height: panel.row_height
                padding: Theme.px(6)
                text_size: Theme.text_small
                objectName: "tool_print"
                label: qsTr("Print, export"); key_label: "Ctrl P"
                onPressed: operate.trigger("print")
            }
            PushButton {
                width: (column.width - Theme.px(6)) / 2
                height: panel.row_height
                padding: Theme.px(6)
                text_size: Theme.text_small
                objectName: "tool_unfit"
                label: qsTr("Image unfit"); key_label: "Y"
                onPressed: operate.trigger("unfit")
            }
        }
        Row {
            spacing: Theme.px(6)
            PushButton { width: (column.width - Theme.px(6)) / 2; height: panel.row_height; padding: Theme.px(6); text_size: Theme.text_small; label: qsTr("Undo"); key_label: "Ctrl Z"; allowed: image_tools.history_index > 0; onPressed: operate.trigger("undo") }
            PushButton { width: (column.width - Theme.px(6)) / 2; height: panel.row_height; padding: Theme.px(6); text_size: Theme.text_small; label: qsTr("Redo"); key_label: "Ctrl Y"; allowed: image_tools.history_index < image_tools.history.length - 1; onPressed: operate.trigger("redo") }
        }
    }
    Words {
        id: history_title
        anchors { left: parent.left; top: column.bottom; margins: Theme.px(10) }
        text: qsTr("History")
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    ListView {
        id: history
        objectName: "history"
        anchors { left: parent.left; right: parent.right; top: history_title.bottom; bottom: parent.bottom; margins: Theme.px(10); topMargin: Theme.px(4) }
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: image_tools.history
        currentIndex: image_tools.history_index
        highlightMoveDuration: 0
        delegate: Rectangle {
            id: entry
            objectName: "history_" + index
            required property int index
            required property string modelData
            width: history.width
            height: Theme.px(28)
            color: index === image_tools.history_index ? Theme.panel : "transparent"
            border { width: index === image_tools.history_index ? 1 : 0; color: Theme.edge }
            Words {
                anchors { left: parent.left; right: parent.right; leftMargin: Theme.px(8); verticalCenter: parent.verticalCenter }
                may_shorten: true
                text: entry.modelData
                font.pixelSize: Theme.text_small
                color: entry.index > image_tools.history_index ? Theme.ink_second : Theme.ink
            }
            MouseArea { anchors.fill: parent; onClicked: image_tools.go_to(entry.index) }
        }
    }
}
