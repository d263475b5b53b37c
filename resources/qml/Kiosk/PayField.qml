// A field of the pay page: what belongs in it, what is in it, and whether the keys write there.
pragma ComponentBehavior: Bound
import QtQuick
import Parts
import Theme

Touchable {
    id: field

    required property string text
    required property string sign
    property bool active: false
    // Above zero: shows so many dots instead of the text, as many of them full as were typed.
    property int dots: 0
    property int typed: 0

    implicitHeight: Theme.mm(29)
    Accessible.role: Accessible.EditableText
    Accessible.focused: active

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: field.down ? Theme.quietDown : Theme.card
        border.width: field.active ? Theme.edge * 1.5 : Theme.line
        border.color: field.active ? Theme.ink : Theme.control
    }

    Rectangle {
        visible: field.active
        x: Theme.edge * 1.5
        y: parent.height - height - Theme.edge * 1.5
        width: parent.width - 2 * x
        height: Theme.mm(2.2)
        color: Theme.accent
    }

    Sign {
        id: picture
        x: Theme.mm(5)
        anchors.verticalCenter: parent.verticalCenter
        name: field.sign
        colour: Theme.inkQuiet
        size: Theme.mm(11)
    }

    Column {
        anchors.left: picture.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.mm(4)
        anchors.rightMargin: Theme.mm(3)
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: field.label
            size: Theme.small
            color: Theme.inkQuiet
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            height: Math.round(size * 1.3)
            text: field.dots > 0 ? "" : field.text
            size: Math.round(Theme.title * 0.85)
            strong: true
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
            LayoutMirroring.enabled: false

            Row {
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.mm(2)

                Repeater {
                    model: field.dots

                    Rectangle {
                        required property int index

                        width: Theme.mm(4.4)
                        height: width
                        radius: width / 2
                        color: index < field.typed ? Theme.ink : "transparent"
                        border.width: Theme.line
                        border.color: Theme.control
                    }
                }
            }
            Accessible.ignored: true
        }
    }
}
