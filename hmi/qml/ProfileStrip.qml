import QtQuick
import Portcullis 1.0

Panel {
    Words {
        id: title
        anchors { left: parent.left; leftMargin: Theme.px(12); top: parent.top; topMargin: Theme.px(6) }
        text: qsTr("Radiation portal, gamma counts as the vehicle passed")
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    Words {
        anchors { right: parent.right; rightMargin: Theme.px(12); baseline: title.baseline }
        text: case_model.profile_text
        font.pixelSize: Theme.text_small
        color: Theme.ink_second
    }
    ProfileItem {
        anchors { left: parent.left; right: parent.right; top: title.bottom; bottom: parent.bottom; margins: Theme.px(6) }
        source: case_model
        line: Theme.ink
        visible: case_model.has_profile
    }
}
