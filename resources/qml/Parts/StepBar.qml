// Where the driver is on the way to the barrier: five steps, the present one yellow with its word.
pragma ComponentBehavior: Bound
import QtQuick
import Theme

Row {
    id: bar

    required property int step
    readonly property list<string> words: [qsTr("Find"), qsTr("Choose"), qsTr("Plate"), qsTr("Pay"), qsTr("Ticket")]

    spacing: Theme.mm(1.5)
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Step %1 of 5: %2").arg(bar.step).arg(bar.words[bar.step - 1] ?? "")

    Repeater {
        model: bar.words

        Item {
            id: part

            required property int index
            required property string modelData
            readonly property bool isPresent: index + 1 === bar.step
            readonly property bool isDone: index + 1 < bar.step

            width: (bar.width - 4 * bar.spacing) / 5
            height: bar.height

            Rectangle {
                width: parent.width
                height: Theme.mm(2.2)
                color: part.isPresent ? Theme.accent : part.isDone ? Theme.bandInk : Theme.bandRule
            }

            Row {
                anchors.left: parent.left
                anchors.bottom: parent.bottom
                height: parent.height - Theme.mm(2.2)
                spacing: Theme.mm(1.5)

                Sign {
                    anchors.verticalCenter: parent.verticalCenter
                    name: part.isDone ? "tick" : ""
                    colour: Theme.bandInkQuiet
                    size: Theme.least
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    text: part.isDone ? part.modelData : (part.index + 1) + "  " + part.modelData
                    width: part.width - x
                    size: Theme.small
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.fixedCap(3)
                    strong: part.isPresent
                    color: part.isPresent ? Theme.accent : Theme.bandInkQuiet
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }
            }
        }
    }
}
