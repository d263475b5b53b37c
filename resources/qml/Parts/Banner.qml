// A strip that says what is the matter and what still works (ux 32, 47); a sign, a word, a colour.
import QtQuick
import Theme

Rectangle {
    id: banner

    // offline, outOfOrder, notice or good
    required property string kind
    required property string text
    property string detail: ""
    readonly property color on: kind === "outOfOrder" ? Theme.badInk : kind === "good" ? Theme.goodSoftInk : kind === "offline" ? Theme.attentionInk : Theme.neutralSoftInk

    implicitWidth: Theme.mm(Theme.desk ? 120 : 268)
    implicitHeight: words.implicitHeight + 2 * Theme.mm(Theme.desk ? 2 : 5)
    color: kind === "outOfOrder" ? Theme.bad : kind === "good" ? Theme.goodSoft : kind === "offline" ? Theme.attention : Theme.neutralSoft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text + ". " + detail

    Sign {
        id: picture
        x: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        name: banner.kind === "outOfOrder" ? "warning" : banner.kind === "offline" ? "offline" : banner.kind === "good" ? "tick" : "notice"
        colour: banner.on
        size: Theme.mm(Theme.desk ? 6 : 14)
    }

    Column {
        id: words

        anchors.left: picture.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.gapWide
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: banner.text
            strong: true
            color: banner.on
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: banner.detail
            size: Theme.label
            color: banner.on
            Accessible.ignored: true
        }
    }
}
