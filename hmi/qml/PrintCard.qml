import QtQuick

// Print and export: the report of the case, and what the image shows now. Ctrl P opens it.
Panel {
    id: card
    objectName: "print_card"
    visible: operate.overlay === "print"
    color: Theme.card
    border { width: 2; color: Theme.edge }
    implicitHeight: column.implicitHeight + Theme.px(40)

    /// Of what a picture is made.
    property Item shown

    function choose(number) {
        if (number === 1) print_model.report(language.code, false)
        if (number === 2 && print_model.view_allowed)
            shown.grabToImage(function(result) { print_model.take_view(result.image) })
        if (number === 3) print_model.report(language.code, true)
    }

    MouseArea { anchors.fill: parent }
    Connections {
        target: operate
        function onPrint_choice(number) { card.choose(number) }
    }
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(20) }
        spacing: Theme.px(8)
        Words { width: column.width; text: qsTr("Print, export"); font.pixelSize: Theme.text_state; font.bold: true; wrapMode: Text.Wrap }
        Words {
            width: column.width
            text: qsTr("Who took what out of here is kept in the audit log. Files go to %1").arg("\u2066" + print_model.folder + "\u2069")
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            wrapMode: Text.Wrap
        }
        PushButton {
            objectName: "print_1"
            width: column.width
            label: "1   " + qsTr("Report of the case, as PDF")
            allowed: print_model.report_allowed
            onPressed: card.choose(1)
        }
        PushButton {
            objectName: "print_2"
            width: column.width
            label: "2   " + qsTr("The image as it is shown, as PNG")
            allowed: print_model.view_allowed
            onPressed: card.choose(2)
        }
        PushButton {
            objectName: "print_3"
            visible: print_model.has_printer
            width: column.width
            label: "3   " + qsTr("Report of the case, on paper")
            allowed: print_model.report_allowed
            onPressed: card.choose(3)
        }
        Words {
            objectName: "report_blocked"
            width: column.width
            visible: text !== ""
            text: print_model.report_blocked
            font.pixelSize: Theme.text_small
            color: Theme.ink_second
            wrapMode: Text.Wrap
        }
        Words {
            objectName: "print_message"
            width: column.width
            visible: text !== ""
            text: print_model.message
            wrapMode: Text.Wrap
        }
        PushButton { anchors.left: parent.left; label: qsTr("Leave"); key_label: "Esc"; onPressed: operate.trigger("leave") }
    }
}
