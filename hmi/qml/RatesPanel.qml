import QtQuick

// Shares of what was found, each with its 95 % interval as words and as a bar from 0 to 100 %.
Panel {
    id: panel
    Words {
        id: title
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(12) }
        text: qsTr("Found in what was opened, with 95 % intervals")
        font.pixelSize: Theme.text_title
        font.bold: true
        wrapMode: Text.Wrap
    }
    Flickable {
        id: view
        anchors { left: parent.left; right: parent.right; top: title.bottom; bottom: parent.bottom; margins: Theme.px(12) }
        contentHeight: column.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: contentHeight > height
        Keys.onUpPressed: contentY = Math.max(0, contentY - Theme.px(60))
        Keys.onDownPressed: contentY = Math.max(0, Math.min(contentHeight - height, contentY + Theme.px(60)))
        Column {
            id: column
            width: view.width
            spacing: Theme.px(10)
            Repeater {
                model: supervise_model.rates
                Column {
                    id: rate
                    required property var modelData
                    required property int index
                    width: column.width
                    spacing: Theme.px(4)
                    Words {
                        width: parent.width
                        visible: text !== ""
                        text: rate.modelData.group
                        topPadding: rate.index > 0 ? Theme.px(10) : 0
                        color: Theme.ink_second
                        wrapMode: Text.Wrap
                    }
                    Item {
                        width: parent.width
                        height: Math.max(name.implicitHeight, count.implicitHeight)
                        Words {
                            id: name
                            anchors { left: parent.left; right: count.left; rightMargin: Theme.px(10) }
                            text: rate.modelData.name
                            wrapMode: Text.Wrap
                            font.bold: true
                        }
                        Words { id: count; anchors.right: parent.right; text: rate.modelData.count }
                    }
                    Words {
                        objectName: "rate_" + rate.index
                        width: parent.width
                        visible: text !== ""
                        text: rate.modelData.words
                        font.pixelSize: Theme.text_small
                        wrapMode: Text.Wrap
                    }
                    Words {
                        width: parent.width
                        visible: rate.modelData.words === ""
                        text: qsTr("nothing was opened yet")
                        font.pixelSize: Theme.text_small
                        color: Theme.ink_second
                        wrapMode: Text.Wrap
                    }
                    Item {
                        width: parent.width
                        height: Theme.px(12)
                        visible: rate.modelData.words !== ""
                        LayoutMirroring.enabled: false
                        LayoutMirroring.childrenInherit: true
                        Rectangle { anchors.verticalCenter: parent.verticalCenter; width: parent.width; height: 1; color: Theme.rule }
                        Rectangle {
                            x: parent.width * rate.modelData.low
                            anchors.verticalCenter: parent.verticalCenter
                            width: Math.max(Theme.px(2), parent.width * (rate.modelData.high - rate.modelData.low))
                            height: Theme.px(6)
                            color: Theme.edge
                        }
                        Rectangle {
                            x: parent.width * rate.modelData.share - width / 2
                            width: Theme.px(4)
                            height: parent.height
                            color: Theme.ink
                        }
                    }
                }
            }
        }
    }
    ScrollMark { list: view }
}
