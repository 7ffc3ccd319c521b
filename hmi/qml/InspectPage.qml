import QtQuick

// The page of the inspection officer: what waits to be opened, where to look, and what was found.
Rectangle {
    id: page
    objectName: "inspect_page"
    visible: operate.overlay === "page_inspect"
    color: Theme.ground
    property bool keys_shown: false
    property var choices: []
    property int choice_row: -1
    property string choice_field
    onVisibleChanged: {
        keys_shown = false
        choices = []
        keys.field = null
        if (!visible) photo_model.close()
        if (visible) back.forceActiveFocus()
    }

    function use(field) {
        keys.field = field
        bring_to_sight(field)
    }
    function bring_to_sight(item) {
        for (var at = item; at; at = at.parent) {
            if (at !== rows_column) continue
            var top = item.mapToItem(rows_column, 0, 0).y
            if (top < rows_view.contentY) rows_view.contentY = Math.max(0, top - Theme.px(10))
            else if (top + item.height > rows_view.contentY + rows_view.height)
                rows_view.contentY = top + item.height - rows_view.height + Theme.px(10)
            return
        }
    }
    function choose_words(row, field, list) {
        choice_row = row
        choice_field = field
        choices = list
    }

    MouseArea { anchors.fill: parent }  // nothing behind the page is clicked through it
    DropArea {
        anchors.fill: parent
        onDropped: (drop) => { for (var i = 0; i < drop.urls.length; ++i) inspect_model.add_photo(drop.urls[i]) }
    }

    Panel {
        id: list_panel
        anchors { left: parent.left; top: parent.top; bottom: page.keys_shown ? keys.top : parent.bottom; margins: Theme.px(10) }
        width: Theme.px(400)
        Words {
            id: list_title
            objectName: "orders_title"
            anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(12) }
            text: inspect_model.orders_title
            font.pixelSize: Theme.text_title
            font.bold: true
            wrapMode: Text.Wrap
        }
        ListView {
            id: order_list
            anchors { left: parent.left; right: parent.right; top: list_title.bottom; bottom: back.top; margins: Theme.px(12) }
            clip: true
            spacing: Theme.px(8)
            boundsBehavior: Flickable.StopAtBounds
            model: inspect_model.orders
            delegate: Rectangle {
                id: order
                required property int index
                required property string title
                required property string text
                required property bool done
                required property bool chosen
                objectName: "order_" + index
                width: order_list.width
                height: Math.max(Theme.px(64), order_words.implicitHeight + Theme.px(20))
                radius: Theme.corner
                color: chosen ? Theme.panel : Theme.card
                border { width: activeFocus ? 3 : (chosen ? 2 : 1); color: activeFocus ? Theme.action : Theme.edge }
                activeFocusOnTab: true
                onActiveFocusChanged: if (activeFocus) order_list.positionViewAtIndex(index, ListView.Contain)
                Keys.onReturnPressed: inspect_model.choose(index)
                Keys.onEnterPressed: inspect_model.choose(index)
                Keys.onSpacePressed: inspect_model.choose(index)
                Accessible.role: Accessible.Button
                Accessible.name: title
                Accessible.onPressAction: inspect_model.choose(index)
                Column {
                    id: order_words
                    anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: Theme.px(10) }
                    spacing: Theme.px(4)
                    Words { width: parent.width; text: (order.done ? "\u2713 " : "") + order.title; font.bold: !order.done; wrapMode: Text.Wrap }
                    Words {
                        width: parent.width
                        text: order.text
                        font.pixelSize: Theme.text_small
                        color: Theme.ink_second
                        wrapMode: Text.Wrap
                    }
                }
                MouseArea { anchors.fill: parent; onClicked: inspect_model.choose(order.index) }
            }
        }
        ScrollMark { list: order_list }
        PageButton {
            id: back
            objectName: "inspect_back"
            anchors { left: parent.left; bottom: parent.bottom; margins: Theme.px(12) }
            label: qsTr("Back to the lane"); key_label: "Esc"
            onPressed: operate.trigger("leave")
        }
    }

    Item {
        id: middle
        anchors { left: list_panel.right; leftMargin: Theme.px(10); right: outcome_panel.left; rightMargin: Theme.px(10); top: parent.top; topMargin: Theme.px(10); bottom: page.keys_shown ? keys.top : parent.bottom; bottomMargin: Theme.px(10) }
        Words {
            id: case_title
            objectName: "inspect_title"
            anchors { left: parent.left; right: parent.right; top: parent.top }
            text: inspect_model.title
            font.pixelSize: Theme.text_title
            font.bold: true
            wrapMode: Text.Wrap
        }
        InspectImage {
            id: image
            anchors { left: parent.left; right: parent.right; top: case_title.bottom; topMargin: Theme.px(8); bottom: how.top; bottomMargin: Theme.px(8) }
        }
        Words {
            id: how
            anchors { left: parent.left; right: parent.right; bottom: photos.top; bottomMargin: Theme.px(10) }
            visible: inspect_model.chosen
            text: qsTr("Metres along the vehicle are exact; heights are sure to 18 %, and left and right cannot be told from one view. The doors are at the container's rear.")
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            wrapMode: Text.Wrap
        }
        Panel {
            id: photos
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            visible: inspect_model.chosen
            height: visible ? photo_column.implicitHeight + Theme.px(24) : 0
            Column {
                id: photo_column
                anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(12) }
                spacing: Theme.px(8)
                Words {
                    objectName: "photo_words"
                    width: parent.width
                    visible: photo_model.count === 0
                    text: qsTr("No photos yet; choose one, or drop its file here.")
                    wrapMode: Text.Wrap
                }
                PhotoStrip {
                    width: parent.width
                    visible: photo_model.count > 0
                }
                Flow {
                    width: parent.width
                    spacing: Theme.px(8)
                    PageButton {
                        objectName: "choose_photo"
                        label: qsTr("Choose a photo")
                        onPressed: inspect_model.look_for_photos()
                    }
                    Repeater {
                        model: inspect_model.photo_files
                        Rectangle {
                            id: photo
                            required property int index
                            required property string modelData
                            objectName: "photo_file_" + index
                            width: Theme.px(116); height: Theme.px(88)
                            color: Theme.card
                            border { width: activeFocus ? 3 : 1; color: activeFocus ? Theme.action : Theme.edge }
                            activeFocusOnTab: true
                            Keys.onReturnPressed: inspect_model.add_photo(modelData)
                            Keys.onSpacePressed: inspect_model.add_photo(modelData)
                            Accessible.role: Accessible.Button
                            Accessible.name: modelData
                            Image {
                                anchors { fill: parent; margins: Theme.px(4) }
                                source: photo.modelData
                                sourceSize { width: 232; height: 176 }
                                fillMode: Image.PreserveAspectFit
                                asynchronous: true
                            }
                            MouseArea { anchors.fill: parent; onClicked: inspect_model.add_photo(photo.modelData) }
                        }
                    }
                }
            }
        }
    }

    Panel {
        id: outcome_panel
        anchors { right: parent.right; top: parent.top; bottom: parent.bottom; margins: Theme.px(10) }
        width: Theme.px(600)
        Flickable {
            id: rows_view
            objectName: "outcome_rows"
            anchors { left: parent.left; right: parent.right; top: parent.top; bottom: send_column.top; margins: Theme.px(12) }
            contentHeight: rows_column.implicitHeight
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            Column {
                id: rows_column
                width: rows_view.width
                spacing: Theme.px(8)
                Words {
                    objectName: "recorded_words"
                    width: parent.width
                    visible: text !== ""
                    text: inspect_model.recorded
                    wrapMode: Text.Wrap
                }
                Repeater {
                    model: inspect_model.rows
                    OutcomeRow { host: page; width: rows_column.width }
                }
                Words {
                    width: parent.width
                    visible: inspect_model.chosen
                    text: inspect_model.declared_seals
                    wrapMode: Text.Wrap
                }
                PageField {
                    objectName: "seals_found"
                    width: parent.width
                    visible: inspect_model.chosen
                    says: qsTr("Old seal, as it was found")
                    value: inspect_model.seals_found
                    onEdited: (text) => inspect_model.set_seals_found(text)
                    onFocused: (field) => page.use(field)
                }
                PageField {
                    objectName: "seals_put"
                    width: parent.width
                    visible: inspect_model.chosen
                    says: qsTr("New seal, as it was put")
                    value: inspect_model.seals_put
                    onEdited: (text) => inspect_model.set_seals_put(text)
                    onFocused: (field) => page.use(field)
                }
            }
        }
        ScrollMark { list: rows_view }
        Column {
            id: send_column
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Theme.px(12) }
            spacing: Theme.px(8)
            Words {
                objectName: "inspect_message"
                width: parent.width
                text: inspect_model.message !== "" ? inspect_model.message : inspect_model.missing
                wrapMode: Text.Wrap
                maximumLineCount: 3
            }
            Row {
                spacing: Theme.px(16)
                PageButton {
                    objectName: "keys_button"
                    height: Theme.px(56)
                    width: (send_column.width - Theme.px(16)) / 2
                    label: page.keys_shown ? qsTr("Keys away") : qsTr("Touch keys")
                    onPressed: page.keys_shown = !page.keys_shown
                }
                PageButton {
                    objectName: "record_outcome"
                    height: Theme.px(56)
                    width: (send_column.width - Theme.px(16)) / 2
                    label: inspect_model.busy ? qsTr("Being recorded") : qsTr("Record the outcome")
                    allowed: inspect_model.may_record
                    onPressed: inspect_model.send()
                }
            }
        }
    }

    Panel {  // words to choose from, for the field that asked
        objectName: "word_choices"
        readonly property bool covers: true
        readonly property bool takes_leave: true  // Esc closes it, not the page
        property Item came_from
        visible: page.choices.length > 0
        anchors { right: outcome_panel.left; rightMargin: Theme.px(10); verticalCenter: parent.verticalCenter }
        width: Theme.px(420)
        height: choice_column.implicitHeight + Theme.px(40)
        color: Theme.card
        border { width: 2; color: Theme.edge }
        onVisibleChanged: {
            if (visible) {
                came_from = Window.activeFocusItem
                Qt.callLater(() => { if (choice_repeater.count > 0) choice_repeater.itemAt(0).forceActiveFocus() })
            } else if (came_from) {
                came_from.forceActiveFocus()
            }
        }
        Keys.onEscapePressed: page.choices = []
        MouseArea { anchors.fill: parent }
        Column {
            id: choice_column
            anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
            spacing: Theme.px(8)
            Repeater {
                id: choice_repeater
                model: page.choices
                PageButton {
                    required property int index
                    required property string modelData
                    objectName: "choice_" + index
                    width: choice_column.width
                    label: modelData
                    onPressed: {
                        inspect_model.set_text(page.choice_row, page.choice_field, modelData)
                        page.choices = []
                    }
                }
            }
            PageButton {
                width: choice_column.width
                label: qsTr("None of these")
                onPressed: page.choices = []
            }
        }
    }
    PhotoView {
        anchors { fill: parent; margins: Theme.px(10) }
    }
    TouchKeys {
        id: keys
        objectName: "touch_keys"
        visible: page.keys_shown
        anchors { left: list_panel.left; right: middle.right; bottom: parent.bottom; bottomMargin: Theme.px(10) }
    }
}
