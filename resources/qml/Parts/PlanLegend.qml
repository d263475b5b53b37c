// What the fills and signs of the plan mean, in words.
pragma ComponentBehavior: Bound
import QtQuick
import Theme

Flow {
    id: legend

    property bool showsBest: true
    property bool showsNotFitting: false
    property var features: []

    spacing: Theme.mm(Theme.desk ? 4 : 8)

    Repeater {
        model: [
            {
                condition: "idle",
                word: qsTr("Free")
            },
            {
                condition: "best",
                word: qsTr("Best for you")
            },
            {
                condition: "chosen",
                word: qsTr("Yours")
            },
            {
                condition: "taken",
                word: qsTr("Not free")
            },
            {
                condition: "notFitting",
                word: qsTr("Not for you")
            },
            {
                condition: "idle",
                feature: "accessible",
                word: qsTr("Accessible")
            },
            {
                condition: "idle",
                feature: "charger",
                word: qsTr("Charger")
            }
        ].filter(entry => entry.feature ? legend.features.includes(entry.feature) : entry.condition === "notFitting" ? legend.showsNotFitting : legend.showsBest || entry.condition === "idle" || entry.condition === "taken")

        Row {
            id: entry

            required property var modelData

            spacing: Theme.mm(2)

            PlanTile {
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.mm(Theme.desk ? 4 : 8)
                height: Theme.mm(Theme.desk ? 5.5 : 11)
                label: ""
                condition: entry.modelData.condition
                feature: entry.modelData.feature ?? ""
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: entry.modelData.word
                size: Theme.small
                wrapMode: Text.NoWrap
            }
        }
    }
}
