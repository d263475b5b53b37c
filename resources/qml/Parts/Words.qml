// One text in the house's type: everything written on a screen is one of these.
import QtQuick
import Theme

Text {
    property bool strong: false
    property int size: Theme.body

    font.family: Theme.family
    font.pixelSize: size
    font.weight: strong ? Theme.strong : Theme.regular
    color: Theme.ink
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
