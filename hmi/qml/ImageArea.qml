import QtQuick
import Portcullis 1.0

// The tools row, the image in one or two rows, and the live picture while a scan runs.
Item {
    id: area

    property bool stale: false
    // An earlier scan of the same container: below, in turns, or up to a line.
    readonly property string compared: judging ? compare_model.mode : ""
    readonly property bool below: compared === "side"
    readonly property bool two_views: image_tools.view_mode === "both"
    readonly property bool both: two_views || below
    readonly property string first_mode: two_views ? "standard" : image_tools.view_mode
    // The case to be judged owns the screen; without one the running scan does.
    readonly property bool judging: image_store.ready && (case_model.to_decide || !waterfall_store.running)
    readonly property bool live: !judging && waterfall_store.columns > 0
    readonly property bool drawn: judging && upper.drawn && (!both || (below ? !compare_model.shown || earlier.drawn : lower.drawn))
    readonly property real gap: Theme.px(6)
    readonly property alias picture: frame  // with all that lies on it
    // Where the panes begin and how wide they are, for what stands under them.
    readonly property real pane_x: frame.x + 1
    readonly property real pane_width: Math.max(0, frame.width - 2)
    // Of the mouse on a pane, in its pixels; below 0: none.
    readonly property real cursor: !judging ? -1 : upper.hovered ? upper.cursor_x
                                 : lower.visible && lower.hovered ? lower.cursor_x : -1
    property real profile_cursor: -1  // the same of the mouse on the profile below

    Row {
        id: tools
        anchors { left: parent.left; top: parent.top }
        height: Theme.px(44)
        spacing: Theme.px(6)
        Repeater {
            model: [
                { key: "1", on: image_tools.view_mode === "standard", label: qsTr("Standard") },
                { key: "2", on: image_tools.view_mode === "material", label: qsTr("Material") },
                { key: "3", on: image_tools.view_mode === "metal", label: qsTr("Metal") },
                { key: "4", on: image_tools.view_mode === "organic", label: qsTr("Organic") },
                { key: "0", on: image_tools.view_mode === "both", label: qsTr("Both rows") },
                { key: "7", on: image_tools.chain.edges, label: qsTr("Edges") },
                { key: "8", on: image_tools.chain.local, label: qsTr("Local") },
                { key: "9", on: image_tools.chain.inverse, label: qsTr("Inverse") }
            ]
            PushButton {
                required property var modelData
                objectName: "view_" + modelData.key
                padding: Theme.px(9)
                label: modelData.key + " " + modelData.label
                chosen: modelData.on
                onPressed: operate.trigger("digit_" + modelData.key)
            }
        }
        PushButton {
            objectName: "tools"
            padding: Theme.px(9)
            label: "T " + qsTr("Tools")
            chosen: image_tools.panel_open
            onPressed: operate.trigger("tools")
        }
        PushButton {
            objectName: "marks"
            padding: Theme.px(9)
            label: "Q " + qsTr("Measure")
            chosen: mark_model.tool !== ""
            onPressed: operate.trigger("marks")
        }
    }
    Words {
        objectName: "view_text"
        may_shorten: true
        anchors { left: tools.right; leftMargin: Theme.px(14); right: parent.right; verticalCenter: tools.verticalCenter }
        horizontalAlignment: Text.AlignRight
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
        text: area.judging && image_store.problem !== ""
              ? qsTr("Part of the image is missing: %1").arg(image_store.problem)
              : area.judging ? image_tools.view_text + "   \u2066\u00D7" + view_state.scale.toFixed(2) + "\u2069"
                           : ""
    }

    Loader {
        id: tool_panel
        active: image_tools.panel_open
        anchors { left: parent.left; top: frame.top; bottom: parent.bottom }
        width: active ? Theme.px(370) : 0
        source: "ToolPanel.qml"
    }

    Rectangle {
        id: frame
        anchors { left: tool_panel.right; leftMargin: tool_panel.active ? Theme.px(8) : 0; right: parent.right; top: tools.bottom; topMargin: Theme.px(8); bottom: parent.bottom }
        color: Theme.panel
        border { width: 1; color: Theme.rule }
        clip: true
        opacity: area.stale ? 0.6 : 1

        // Whole pixels: half a pixel would be blended again with every frame.
        readonly property real pane_height: Math.floor(area.both ? (height - 2 - area.gap) / 2 : height - 2)
        onPane_heightChanged: view_state.set_pane(width - 2, pane_height)
        onWidthChanged: view_state.set_pane(width - 2, pane_height)

        ImagePane {
            id: upper
            objectName: "upper_pane"
            x: 1; y: 1
            width: parent.width - 2
            height: frame.pane_height
            live: !area.judging
            mode: area.first_mode
            title: area.two_views ? qsTr("standard, high energy") : image_tools.view_text
        }
        ImagePane {
            id: lower
            objectName: "lower_pane"
            visible: area.two_views && !area.below
            x: 1; y: 1 + frame.pane_height + area.gap
            width: parent.width - 2
            height: frame.pane_height
            live: !area.judging
            mode: "material"
            title: qsTr("material")
        }

        ComparePane {
            id: earlier
            objectName: "compare_pane"
            property bool in_turn: true
            visible: area.below || area.compared === "swipe" || (area.compared === "blink" && in_turn)
            x: 1; y: area.below ? 1 + frame.pane_height + area.gap : 1
            full_width: frame.width - 2
            width: area.compared === "swipe" ? Math.round(full_width * compare_model.divider) : full_width
            height: frame.pane_height
            mode: area.first_mode
            Timer {
                interval: 700
                repeat: true
                running: area.compared === "blink"
                onTriggered: earlier.in_turn = !earlier.in_turn
            }
        }
        Rectangle {  // the line of a swipe, cased in black and white
            LayoutMirroring.enabled: false
            objectName: "compare_line"
            visible: area.compared === "swipe"
            x: earlier.x + earlier.width - width / 2; y: 1
            width: Theme.px(4); height: frame.pane_height
            color: Theme.casing_white
            border { width: 1; color: Theme.casing_black }
            MouseArea {
                anchors { fill: parent; leftMargin: -Theme.px(20); rightMargin: -Theme.px(20) }
                cursorShape: Qt.SplitHCursor
                onPositionChanged: function(event) {
                    compare_model.divider = (mapToItem(frame, event.x, 0).x - 1) / earlier.full_width
                }
            }
        }

        Rectangle {  // what the cursor points at in the profile, cased in black and white
            objectName: "profile_line"
            visible: area.judging && area.profile_cursor >= 0
            x: 1 + area.profile_cursor - width / 2; y: 1
            width: 3; height: parent.height - 2
            color: Theme.casing_white
            border { width: 1; color: Theme.casing_black }
        }
        WaterfallItem {
            anchors { fill: parent; margins: 1 }
            visible: area.live
            store: waterfall_store
            dark: Theme.dark
            ground: Theme.panel
        }
        Rectangle {
            LayoutMirroring.enabled: false
            visible: area.live
            anchors { left: parent.left; top: parent.top; margins: Theme.px(8) }
            width: live_words.implicitWidth + Theme.px(16)
            height: live_words.implicitHeight + Theme.px(8)
            color: Theme.air
            Words {
                id: live_words
                objectName: "live_text"
                anchors.centerIn: parent
                color: Theme.on_air
                font.pixelSize: Theme.text_small
                text: (waterfall_store.running ? qsTr("live, as the lines arrive")
                                               : qsTr("scan ended, the image is being worked on"))
                      + "   " + (lane_model.scan_text !== "" ? lane_model.scan_text
                                                          : qsTr("%n column(s)", "", waterfall_store.columns))
                      + (waterfall_store.columns_missed > 0
                         ? "   " + qsTr("%1 not shown").arg(waterfall_store.columns_missed) : "")
            }
        }
        Words {
            visible: !area.live && !area.judging
            objectName: "image_note"
            anchors.centerIn: parent
            width: parent.width - Theme.px(40)
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            color: image_store.problem !== "" ? Theme.ink : Theme.ink_second
            font.pixelSize: Theme.text_title
            text: image_store.problem !== ""
                  ? qsTr("The image cannot be shown: %1").arg(image_store.problem)
                  : case_model.present && !case_model.waiting_for_image
                  ? qsTr("The image is being loaded")
                  : (lane_model.known ? qsTr("No scan yet") : qsTr("Not connected to the lane"))
        }

        Overview {
            visible: area.judging && image_tools.overview
            anchors { left: parent.left; bottom: parent.bottom; margins: Theme.px(8) }
        }
        MarkNote { width_max: parent.width * 0.5 }
        // What lies on the image keeps its corner: the image is not mirrored, nor its titles.
        ChainBadge {
            LayoutMirroring.enabled: false
            visible: area.judging && words !== ""
            anchors { right: parent.right; bottom: parent.bottom; margins: Theme.px(8) }
            width_max: parent.width * 0.6
        }

        // Scale bar: 1 m, or the length of ten to the power that fits.
        Rectangle {
            id: bar
            LayoutMirroring.enabled: false
            visible: area.judging
            readonly property real metre_px: view_state.mm_per_px > 0
                                             ? 1000 / view_state.mm_per_px * view_state.scale : 0
            readonly property real metres: metre_px > Theme.px(700) ? 0.1 : 1
            // At the top, where there is air above the load: it must not lie on a wheel.
            anchors { right: parent.right; top: parent.top; margins: Theme.px(8) }
            width: Math.max(Theme.px(60), metre_px * metres) + Theme.px(20)
            height: Theme.px(34)
            color: Theme.dark ? "#d9dcde" : "#ffffff"
            Words {
                anchors { left: parent.left; leftMargin: Theme.px(10); top: parent.top; topMargin: Theme.px(3) }
                text: bar.metres === 1 ? qsTr("1 m") : qsTr("0.1 m")
                font.pixelSize: Theme.text_small
                color: Theme.on_air
            }
            Rectangle {
                anchors { left: parent.left; leftMargin: Theme.px(10); bottom: parent.bottom; bottomMargin: Theme.px(5) }
                width: bar.metre_px * bar.metres
                height: Theme.px(3)
                color: Theme.on_air
            }
        }
        Rectangle {
            LayoutMirroring.enabled: false
            readonly property string words: upper.hovered ? upper.read_out : lower.read_out
            visible: area.judging && words !== ""
            anchors { right: bar.left; top: parent.top; margins: Theme.px(8) }
            width: cursor_words.implicitWidth + Theme.px(20)
            height: Theme.px(34)
            color: Theme.dark ? "#d9dcde" : "#ffffff"
            Words {
                id: cursor_words
                objectName: "cursor_words"
                anchors.centerIn: parent
                text: parent.words
                font.pixelSize: Theme.text_small
                color: Theme.on_air
            }
        }
    }
}
