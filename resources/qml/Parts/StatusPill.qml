// A state in one word with its sign: good, attention, bad or neutral (ux 8).
import QtQuick
import Theme

Rectangle {
    id: pill

    required property string kind
    required property string text
    property string sign: kind === "good" ? "tick" : kind === "attention" ? "notice" : kind === "bad" ? "warning" : ""
    property int size: Theme.label
    readonly property color on: kind === "good" ? Theme.goodSoftInk : kind === "attention" ? Theme.attentionInk : kind === "bad" ? Theme.badSoftInk : Theme.neutralSoftInk

    implicitWidth: row.implicitWidth + Math.round(size * 1.1)
    implicitHeight: Math.round(size * 1.75)
    radius: Theme.radius
    color: kind === "good" ? Theme.goodSoft : kind === "attention" ? Theme.attention : kind === "bad" ? Theme.badSoft : Theme.neutralSoft
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Math.round(pill.size * 0.35)

        Sign {
            anchors.verticalCenter: parent.verticalCenter
            name: pill.sign
            colour: pill.on
            size: pill.size
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: pill.text
            size: pill.size
            strong: true
            color: pill.on
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
