pragma Singleton
import QtQuick

// The tokens of both themes and the one scale everything is measured in. No colour is written
// anywhere else (the image's own colours come with the image).
QtObject {
    property bool dark: start_dark
    // Screen pixels per design pixel; the design is drawn at 1920 x 1080.
    property real unit: 1

    readonly property color ground: dark ? "#1f2326" : "#d9dcde"
    readonly property color panel: dark ? "#2a2f33" : "#e8eaeb"
    readonly property color card: dark ? "#23282b" : "#f4f5f5"
    readonly property color rule: dark ? "#3a4147" : "#b9bfc3"
    readonly property color edge: dark ? "#777f86" : "#70797f"
    readonly property color ink: dark ? "#d7dbde" : "#20262a"
    readonly property color ink_second: dark ? "#9aa3a9" : "#4f595f"
    readonly property color action: dark ? "#5f9ddd" : "#1f5fa8"
    readonly property color attention: dark ? "#e0a526" : "#7d5300"
    readonly property color alarm: dark ? "#f4766a" : "#b42318"
    readonly property color on_fill: dark ? "#1f2326" : "#ffffff"
    readonly property color air: dark ? "#8a8f93" : "#ffffff"
    // Thumbnails are made on the light ground in both themes.
    readonly property color air_of_pictures: "#ffffff"
    readonly property color simulation: "#6b4fa0"
    readonly property color on_simulation: "#ffffff"
    // Words on the image stand on the air colour, which is light in both themes.
    readonly property color on_air: "#20262a"
    readonly property color casing_black: "#000000"
    readonly property color casing_white: "#ffffff"

    readonly property string family: "DejaVu Sans"
    readonly property int text_small: px(16)
    readonly property int text_body: px(17)
    readonly property int text_fact: px(19)
    readonly property int text_title: px(20)
    readonly property int text_state: px(27)
    readonly property int corner: px(3)

    function px(design) { return Math.round(design * unit) }
}
