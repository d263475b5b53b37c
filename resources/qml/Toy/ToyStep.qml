// One numbered step for a newcomer, with a figure to copy when there is one.
import QtQuick
import Theme
import Parts

Rectangle {
    id: step

    required property string number
    required property string title
    required property string text
    property string figure: ""
    property string figureText: ""

    implicitHeight: words.implicitHeight + 2 * Theme.mm(3)
    radius: Theme.radius
    color: Theme.card
    border.width: Theme.line
    border.color: Theme.rule

    Rectangle {
        id: square

        x: Theme.mm(4)
        y: Theme.mm(3)
        width: Theme.mm(9)
        height: width
        radius: Theme.radius
        color: Theme.band

        Words {
            anchors.fill: parent
            text: step.number
            size: Theme.title
            strong: true
            color: Theme.bandInk
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Column {
        id: words

        anchors.left: square.right
        anchors.leftMargin: Theme.mm(4)
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(4)
        y: Theme.mm(3)
        spacing: Theme.mm(1)

        Words {
            width: parent.width
            height: Math.max(implicitHeight, square.height)
            text: step.title
            strong: true
        }

        Words {
            width: parent.width
            text: step.text
            size: Theme.label
            lineHeight: 1.1
        }

        Rectangle {
            visible: step.figure !== ""
            width: parent.width
            height: Theme.mm(19)
            radius: Theme.radius
            color: Theme.accent

            Words {
                x: Theme.mm(3)
                y: Theme.mm(1)
                height: Theme.mm(7)
                text: step.figureText
                size: Theme.label
                color: Theme.accentInk
                wrapMode: Text.NoWrap
            }

            Words {
                objectName: "one_time_pin"
                x: Theme.mm(3)
                y: Theme.mm(7)
                height: Theme.mm(11)
                text: step.figure
                size: Theme.figure
                strong: true
                color: Theme.accentInk
                wrapMode: Text.NoWrap
            }
        }
    }
}
