import QtQuick

// Text in the theme's hand. Plain text always: what the lane sends is never read as markup.
Text {
    // There is another place where it stands in full, or it has no end of its own.
    property bool may_shorten: false
    // What it says may no longer hold. Arabic has no italics.
    property bool old: false
    font.italic: old && !LayoutMirroring.enabled
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.text_body
    textFormat: Text.PlainText
    elide: Text.ElideRight
    // On the side where lines begin, whichever script the words are in: a mirrored screen mirrors it.
    horizontalAlignment: Text.AlignLeft
    renderType: Text.QtRendering
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
