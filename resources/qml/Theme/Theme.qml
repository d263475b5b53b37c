// Sizes, type and colours of every screen, all from one scale; screens take tokens, never numbers.
pragma Singleton
import QtQuick

QtObject {
    id: theme

    // Set once by the root window, from diagonal and resolution in the configuration (ux 1).
    property real pxPerMm: 4.03
    property bool desk: false
    property bool night: false
    property real textScale: 1.0

    function mm(size: real): real {
        return Math.round(size * theme.pxPerMm);
    }

    // Pixel size of a text whose capitals are this high on the glass; Noto's capitals are 0.714 em.
    function cap(size: real): int {
        return Math.max(1, Math.round(size / 0.714 * theme.pxPerMm * theme.textScale));
    }

    // For signs that are large already and do not grow with the text size of the driver.
    function fixedCap(size: real): int {
        return Math.max(1, Math.round(size / 0.714 * theme.pxPerMm));
    }

    // Sizes of things to touch. A desk has a mouse and a keyboard and is read from 600 mm.
    readonly property real touch: mm(desk ? 10 : 20)
    readonly property real key: mm(desk ? 12 : 22)
    readonly property real action: mm(desk ? 12 : 26)
    readonly property real actionWidth: mm(desk ? 36 : 62)
    readonly property real gap: mm(desk ? 2 : 3.25)
    readonly property real gapWide: mm(desk ? 4 : 7)
    readonly property real gapDanger: mm(desk ? 8 : 15.25)
    readonly property real margin: mm(desk ? 5 : 10)
    readonly property real radius: mm(desk ? 1 : 1.8)
    readonly property real line: Math.max(1, mm(desk ? 0.25 : 0.5))
    readonly property real edge: Math.max(2, mm(desk ? 0.5 : 0.9))
    readonly property real focus: Math.max(2, mm(1.1))
    readonly property real header: mm(desk ? 16 : 40)
    readonly property int repeatGuardMs: 400

    // Type by the height of a capital.
    readonly property string family: "Kiosk Sans"
    readonly property int regular: Font.Normal
    readonly property int strong: Font.DemiBold
    // What text that must fit its place may shrink to, whatever the text size.
    readonly property int least: fixedCap(desk ? 2.2 : 4.9)
    readonly property int small: cap(desk ? 2.2 : 4.9)
    readonly property int label: cap(desk ? 2.5 : 5.8)
    readonly property int body: cap(desk ? 2.9 : 7.45)
    readonly property int title: cap(desk ? 4.2 : 10)
    readonly property int figure: cap(desk ? 6 : 15.1)
    readonly property int sign: fixedCap(desk ? 10 : 27)

    // Surfaces and words.
    readonly property color ground: night ? "#0A1119" : "#EDF0F3"
    readonly property color card: night ? "#17222D" : "#FFFFFF"
    readonly property color sunk: night ? "#0F1821" : "#E2E7EC"
    readonly property color ink: night ? "#F5F7F9" : "#0B1B2B"
    readonly property color inkQuiet: night ? "#CDD5DC" : "#263442"
    readonly property color rule: night ? "#3A4957" : "#C4CDD6"
    readonly property color control: night ? "#8FA1B2" : "#5A6B7B"
    readonly property color focusFrame: night ? "#FFFFFF" : "#0B1B2B"

    readonly property color stripe: night ? "#131D27" : "#F4F6F8"
    readonly property color selectedRow: night ? "#1D3A5C" : "#D6E6F8"

    // The band of every sign: deep blue with a yellow square.
    readonly property color band: night ? "#04203F" : "#002B5C"
    readonly property color bandRule: night ? "#5E7FA3" : "#5F83AB"
    readonly property color bandInk: "#FFFFFF"
    readonly property color bandInkQuiet: "#CFE0F2"
    readonly property color accent: "#FFC917"
    readonly property color accentDown: "#FFDA66"
    readonly property color accentInk: "#0B1B2B"
    readonly property color accentOnGood: night ? "#03200F" : "#FFDB5C"
    readonly property color chosenEdge: night ? "#FFFFFF" : "#0B1B2B"
    readonly property color dim: night ? "#6C7C8B" : "#8794A1"

    // What a touch does.
    readonly property color primary: night ? "#A9D2FF" : "#003A7D"
    readonly property color primaryDown: night ? "#D6EAFF" : "#00234D"
    readonly property color primaryInk: night ? "#04182C" : "#FFFFFF"
    readonly property color quietDown: night ? "#2A3947" : "#D3DCE5"
    readonly property color danger: night ? "#FFB9AE" : "#7F0C0C"
    readonly property color dangerDown: night ? "#FFDAD4" : "#560606"
    readonly property color dangerInk: night ? "#2A0503" : "#FFFFFF"

    // States: never without a word or a sign beside them (ux 8).
    readonly property color good: night ? "#7FE3A6" : "#004B27"
    readonly property color goodDown: night ? "#B5F2CC" : "#003319"
    readonly property color goodInk: night ? "#03200F" : "#FFFFFF"
    readonly property color goodSoft: night ? "#0E3320" : "#DDF2E5"
    readonly property color goodSoftInk: night ? "#C9F7DA" : "#003A1D"
    readonly property color attention: "#FFC917"
    readonly property color attentionInk: "#0B1B2B"
    readonly property color bad: night ? "#FFB9AE" : "#7F0C0C"
    readonly property color badInk: night ? "#2A0503" : "#FFFFFF"
    readonly property color badSoft: night ? "#45120D" : "#FBE3E0"
    readonly property color badSoftInk: night ? "#FFDFDA" : "#5C0808"
    readonly property color neutralSoft: night ? "#2A3947" : "#DCE3EA"
    readonly property color neutralSoftInk: night ? "#F5F7F9" : "#1C2936"

    // The plan of a level.
    readonly property color floor: night ? "#1A2530" : "#D5DCE3"
    readonly property color aisle: night ? "#0F1821" : "#F1F4F6"
    readonly property color aisleSign: night ? "#8FA1B2" : "#5A6B7B"
    readonly property color tileTaken: night ? "#26333F" : "#C3CCD5"
    readonly property color carBody: night ? "#6F8192" : "#6A7987"
    readonly property color tileTakenInk: night ? "#E3E9EE" : "#16222E"
}
