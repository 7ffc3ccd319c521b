import QtQuick

// A button of a page: for a finger (44 x 88), and in the order of the Tab key; Enter and Space press it.
PushButton {
    id: button
    signal focused()

    implicitHeight: Theme.px(48)
    activeFocusOnTab: allowed || activeFocus  // never taken away under the focus
    border.width: activeFocus ? 3 : 1
    border.color: activeFocus ? Theme.action : (allowed ? Theme.edge : Theme.rule)
    onActiveFocusChanged: if (activeFocus) focused()
    Keys.onReturnPressed: if (allowed) pressed()
    Keys.onEnterPressed: if (allowed) pressed()
    Keys.onSpacePressed: if (allowed) pressed()
}
