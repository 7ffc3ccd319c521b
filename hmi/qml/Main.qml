import QtQuick

Window {
    id: window
    objectName: "operate_window"
    width: start_width
    height: start_height
    title: qsTr("Portcullis: %1").arg(lane_model.lane)
    color: Theme.ground

    // Right to left mirrors all but the image and what runs along the vehicle or in time.
    LayoutMirroring.enabled: language.right_to_left
    LayoutMirroring.childrenInherit: true

    readonly property real fitting_unit: Math.max(0.5, Math.min(width / 1920, height / 1080))
    onFitting_unitChanged: Theme.unit = fitting_unit
    Component.onCompleted: Theme.unit = fitting_unit

    // For whoever watches from outside: the picture on the screen is the one asked for.
    readonly property bool image_drawn: image_area.drawn

    Rectangle {
        id: banner
        anchors { left: parent.left; right: parent.right; top: parent.top }
        height: lane_model.simulated ? Theme.px(30) : 0
        visible: lane_model.simulated
        color: Theme.simulation
        Words {
            objectName: "banner"
            anchors.centerIn: parent
            text: qsTr("SIMULATION  -  no radiation, no real vehicle")
            font.bold: true
            color: Theme.on_simulation
        }
    }
    LaneStrip {
        id: lane_strip
        anchors { left: parent.left; right: parent.right; top: banner.bottom }
        height: Theme.px(92)
    }
    AlarmStrip {
        id: alarms
        anchors { left: parent.left; right: parent.right; top: lane_strip.bottom }
    }

    BayStrip {
        id: bays
        anchors { left: parent.left; right: parent.right; top: alarms.bottom }
    }

    Item {
        id: body
        anchors { left: parent.left; right: parent.right; top: bays.bottom; bottom: parent.bottom; margins: Theme.px(10); topMargin: Theme.px(6) }

        Rectangle {  // what lies within is old
            visible: lane_model.stale
            anchors { fill: parent; margins: -Theme.px(6) }
            color: "transparent"
            border { width: Theme.px(4); color: Theme.alarm }
        }

        Item {
            id: right_column
            anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
            width: Theme.px(520)

            IdentityCard {
                id: identity
                anchors { left: parent.left; right: parent.right; top: parent.top }
            }
            ChecksCard {
                id: checks
                anchors { left: parent.left; right: parent.right; top: identity.bottom; topMargin: visible ? Theme.px(10) : 0 }
                // The findings below keep room for one of them in full.
                height: visible ? Math.max(0, Math.min(implicitHeight, decisions.y - y - Theme.px(220))) : 0
            }
            FindingsCard {
                anchors { left: parent.left; right: parent.right; top: checks.bottom; topMargin: Theme.px(10); bottom: decisions.top; bottomMargin: Theme.px(10) }
            }
            DecisionPanel {
                id: decisions
                anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            }
        }
        ProfileStrip {
            id: profile
            anchors { left: parent.left; right: right_column.left; rightMargin: Theme.px(10); bottom: parent.bottom }
            height: Theme.px(98)
            pane_x: image_area.pane_x
            pane_width: image_area.pane_width
            image_cursor: image_area.cursor
        }
        ImageArea {
            id: image_area
            anchors { left: parent.left; right: right_column.left; rightMargin: Theme.px(10); top: parent.top; bottom: profile.top; bottomMargin: Theme.px(10) }
            stale: lane_model.stale
            profile_cursor: profile.cursor
        }
    }

    Rectangle {
        visible: operate.message !== ""
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: Theme.px(130) }
        width: Math.min(message_words.implicitWidth, parent.width * 0.6) + Theme.px(40)
        height: message_words.implicitHeight + Theme.px(30)
        radius: Theme.corner
        color: Theme.card
        border { width: 2; color: Theme.attention }
        Words {
            id: message_words
            objectName: "message"
            anchors.centerIn: parent
            width: parent.width - Theme.px(40)
            text: operate.message
            wrapMode: Text.Wrap
            maximumLineCount: 4
        }
        MouseArea { anchors.fill: parent; onClicked: operate.dismiss_message() }
    }

    SearchedNote {
        anchors { left: parent.left; leftMargin: Theme.px(20); bottom: parent.bottom; bottomMargin: Theme.px(20) }
    }
    DecisionCard {
        anchors { right: parent.right; rightMargin: Theme.px(10); bottom: parent.bottom; bottomMargin: Theme.px(10) }
        width: Theme.px(520)
        height: implicitHeight
    }
    BayList {
        anchors { left: parent.left; leftMargin: Theme.px(10); top: body.top }
        width: Theme.px(1000)
        height: implicitHeight
    }
    MarkMenu {
        anchors { left: parent.left; leftMargin: Theme.px(10); top: body.top; topMargin: Theme.px(54) }
        width: Theme.px(520)
        height: implicitHeight
    }
    ComplaintCard {
        anchors { left: parent.left; leftMargin: Theme.px(10); top: body.top; topMargin: Theme.px(54) }
        width: Theme.px(520)
        height: implicitHeight
    }
    IdentityEditCard {
        anchors { left: parent.left; leftMargin: Theme.px(10); top: body.top; topMargin: Theme.px(54) }
        width: Theme.px(identity_model.reading_count > 0 ? 1060 : 520)
        height: implicitHeight
    }
    PrintCard {
        anchors { left: parent.left; leftMargin: Theme.px(10); top: body.top; topMargin: Theme.px(54) }
        width: Theme.px(520)
        height: implicitHeight
        shown: image_area.picture
    }
    ReferenceCard {
        anchors { left: parent.left; leftMargin: Theme.px(10); top: body.top; topMargin: Theme.px(54) }
        width: Theme.px(520)
        height: implicitHeight
    }
    LanguageMenu {
        anchors { right: parent.right; rightMargin: Theme.px(10); top: body.top }
        width: Theme.px(360)
        height: implicitHeight
    }
    MoreMenu {
        anchors { right: parent.right; rightMargin: Theme.px(10); bottom: parent.bottom; bottomMargin: Theme.px(10) }
        width: Theme.px(520)
        height: implicitHeight
    }
    GoodsList {
        anchors { right: parent.right; rightMargin: Theme.px(10); bottom: parent.bottom; bottomMargin: Theme.px(10) }
        width: Theme.px(520)
        height: body.height
    }
    DeclarationCard {
        anchors { right: parent.right; rightMargin: Theme.px(10); bottom: parent.bottom; bottomMargin: Theme.px(10) }
        width: Theme.px(700)
        height_max: body.height
        height: implicitHeight
    }
    AlarmList {
        anchors { left: parent.left; leftMargin: Theme.px(10); top: body.top }
        width: Theme.px(1100)
        height: Math.min(implicitHeight, Theme.px(720))
    }
    QueueList {
        anchors { left: parent.left; leftMargin: Theme.px(10); top: body.top }
        width: Theme.px(1340)
        height: body.height
    }
    InspectPage {
        anchors { left: parent.left; right: parent.right; top: lane_strip.bottom; bottom: parent.bottom }
    }
    SupervisePage {
        anchors { left: parent.left; right: parent.right; top: lane_strip.bottom; bottom: parent.bottom }
    }
    LoginPage {
        anchors { left: parent.left; right: parent.right; top: lane_strip.bottom; bottom: parent.bottom }
    }
    ShortcutSheet {
        anchors.centerIn: parent
        width: Theme.px(1840)
        height: Theme.px(960)
    }
}
