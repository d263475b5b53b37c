// How long: shorter and longer by big keys, common lengths by one touch; Python knows the steps.
pragma ComponentBehavior: Bound
import QtQuick
import Theme

Item {
    id: chooser

    required property string durationText
    property string untilText: ""
    property bool canShorten: true
    property bool canLengthen: true
    // [{ key: "120", label: "2 h", chosen: true }, ...], at most five.
    property var presets: []

    signal shortened
    signal lengthened
    signal presetChosen(string key)

    implicitWidth: Theme.mm(Theme.desk ? 100 : 248)
    implicitHeight: dial.height + (presets.length > 0 ? Theme.gapWide + row.height : 0)
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("How long: %1, %2").arg(durationText).arg(untilText)

    Item {
        id: dial

        width: parent.width
        height: Theme.mm(Theme.desk ? 18 : 40)

        Key {
            objectName: "shorter"
            width: Theme.mm(Theme.desk ? 18 : 44)
            height: parent.height
            enabled: chooser.canShorten
            label: qsTr("Shorter")
            sign: "less"
            size: Theme.figure
            onActed: chooser.shortened()
        }

        Rectangle {
            anchors.centerIn: parent
            width: parent.width - 2 * (Theme.mm(Theme.desk ? 18 : 44) + Theme.gap)
            height: parent.height
            radius: Theme.radius
            color: Theme.card

            Column {
                anchors.centerIn: parent
                width: parent.width

                Words {
                    objectName: "duration"
                    width: parent.width
                    text: chooser.durationText
                    size: Theme.figure
                    strong: true
                    horizontalAlignment: Text.AlignHCenter
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.least
                    wrapMode: Text.NoWrap
                }

                Words {
                    width: parent.width
                    visible: text !== ""
                    text: chooser.untilText
                    size: Theme.label
                    color: Theme.inkQuiet
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }

        Key {
            objectName: "longer"
            anchors.right: parent.right
            width: Theme.mm(Theme.desk ? 18 : 44)
            height: parent.height
            enabled: chooser.canLengthen
            label: qsTr("Longer")
            sign: "more"
            size: Theme.figure
            onActed: chooser.lengthened()
        }
    }

    Row {
        id: row

        anchors.top: dial.bottom
        anchors.topMargin: Theme.gapWide
        width: parent.width
        spacing: Theme.gap

        Repeater {
            model: chooser.presets

            Touchable {
                id: preset

                required property var modelData

                objectName: "preset_" + modelData.key
                label: modelData.label
                width: (row.width - (chooser.presets.length - 1) * row.spacing) / chooser.presets.length
                height: Theme.key
                Accessible.role: Accessible.RadioButton
                Accessible.checked: modelData.chosen
                onActed: chooser.presetChosen(modelData.key)

                Rectangle {
                    anchors.fill: parent
                    radius: Theme.radius
                    color: preset.modelData.chosen ? Theme.accent : preset.down ? Theme.quietDown : Theme.card
                    border.width: preset.modelData.chosen ? Theme.edge : Theme.line
                    border.color: preset.modelData.chosen ? Theme.chosenEdge : Theme.control
                }

                Words {
                    anchors.fill: parent
                    anchors.margins: Theme.mm(2)
                    text: preset.label
                    strong: true
                    color: preset.modelData.chosen ? Theme.accentInk : Theme.ink
                    horizontalAlignment: Text.AlignHCenter
                    fontSizeMode: Text.Fit
                    minimumPixelSize: Theme.least
                    Accessible.ignored: true
                }
            }
        }
    }
}
