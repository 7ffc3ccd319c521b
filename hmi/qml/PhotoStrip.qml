import QtQuick

// The photos of an inspection, small, in one row that scrolls; one that is pressed is shown large.
ListView {
    id: strip
    objectName: "photo_strip"
    height: Theme.px(118)
    orientation: ListView.Horizontal
    spacing: Theme.px(8)
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    model: photo_model.photos
    delegate: Rectangle {
        id: photo
        required property int index
        required property string name
        required property string text
        required property string picture
        required property bool failed
        objectName: "photo_" + index
        width: Theme.px(150); height: strip.height
        color: Theme.card
        border { width: activeFocus ? 3 : 1; color: activeFocus ? Theme.action : Theme.edge }
        activeFocusOnTab: true
        onActiveFocusChanged: if (activeFocus) strip.positionViewAtIndex(index, ListView.Contain)
        Keys.onReturnPressed: photo_model.open(index)
        Keys.onEnterPressed: photo_model.open(index)
        Keys.onSpacePressed: photo_model.open(index)
        Accessible.role: Accessible.Button
        Accessible.name: text
        Accessible.onPressAction: photo_model.open(index)
        Image {
            anchors { left: parent.left; right: parent.right; top: parent.top; bottom: title.top; margins: Theme.px(4) }
            source: photo.picture
            fillMode: Image.PreserveAspectFit
            asynchronous: true
        }
        Words {
            anchors { left: parent.left; right: parent.right; top: parent.top; bottom: title.top; margins: Theme.px(4) }
            visible: photo.failed
            text: qsTr("cannot be shown")
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            font.pixelSize: Theme.text_small
            wrapMode: Text.Wrap
        }
        Words {
            id: title
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Theme.px(4) }
            text: photo.name
            may_shorten: true
            elide: Text.ElideMiddle
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
        }
        MouseArea { anchors.fill: parent; onClicked: photo_model.open(photo.index) }
    }
}
