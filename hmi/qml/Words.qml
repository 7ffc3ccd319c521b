import QtQuick

// Text in the theme's hand. Plain text always: what the lane sends is never read as markup.
Text {
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.text_body
    textFormat: Text.PlainText
    elide: Text.ElideRight
    renderType: Text.QtRendering
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
