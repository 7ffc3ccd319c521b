import QtQuick

// All declared goods in full; under the reference of their declaration where the vehicle has more
// than one. G opens and closes it.
Panel {
    id: sheet
    objectName: "goods_list"
    visible: operate.overlay === "goods"
    color: Theme.card
    border { width: 2; color: Theme.edge }

    MouseArea { anchors.fill: parent; onWheel: function(event) { event.accepted = true } }
    Words {
        id: title
        anchors { left: parent.left; top: parent.top; margins: Theme.px(20) }
        text: case_model.item_count === 0 ? qsTr("No declared goods")
                                          : qsTr("Declared goods: %1").arg(case_model.item_count)
        font.pixelSize: Theme.text_title
        font.bold: true
    }
    Words {
        anchors { right: parent.right; rightMargin: Theme.px(20); baseline: title.baseline }
        text: qsTr("G or Esc closes")
        color: Theme.ink_second
    }
    ListView {
        id: view
        anchors { left: parent.left; right: parent.right; top: title.bottom; bottom: parent.bottom; margins: Theme.px(20) }
        clip: true
        spacing: Theme.px(12)
        boundsBehavior: Flickable.StopAtBounds
        cacheBuffer: 0  // nothing is made ahead that another case would have to take back
        model: sheet.visible ? case_model.items : null
        section.property: "declared"
        section.delegate: Words {
            required property string section
            width: view.width
            height: section === "" ? 0 : Theme.px(34)
            visible: section !== ""
            verticalAlignment: Text.AlignVCenter
            text: section
            font.bold: true
        }
        delegate: GoodsRow { width: view.width; lines_max: 6 }
    }
    ScrollMark { list: view }
    Connections {
        target: operate
        function onScrolled(by) {
            if (sheet.visible) {
                view.contentY = Math.max(view.originY, Math.min(view.originY + view.contentHeight - view.height,
                                                                view.contentY + by * Theme.px(120)))
            }
        }
    }
}
