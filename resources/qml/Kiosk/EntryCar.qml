// What the car needs of its space: three switches, and back to the search (step 1).
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_car"
    title: qsTr("What does your car need?")
    sign: "car"
    step: 1
    split: 0.26

    Words {
        anchors.fill: parent
        text: qsTr("Only spaces that fit are offered. Most cars need nothing of this.")
        size: Theme.title
    }

    controls: [
        Item {
            anchors.fill: parent

            Column {
                width: parent.width
                spacing: Theme.gapWide

                PickTile {
                    objectName: "need_charger"
                    width: parent.width
                    height: Theme.mm(46)
                    isSwitch: true
                    sign: "charger"
                    size: Theme.title
                    label: qsTr("A charger for an electric car")
                    picked: page.entry.needs.charger
                    onActed: page.entry.needs.switch_charger()
                }

                PickTile {
                    objectName: "need_accessible"
                    width: parent.width
                    height: Theme.mm(46)
                    isSwitch: true
                    sign: "accessible"
                    size: Theme.title
                    label: qsTr("An accessible space")
                    picked: page.entry.needs.accessible
                    onActed: page.entry.needs.switch_accessible()
                }

                PickTile {
                    objectName: "need_high"
                    width: parent.width
                    height: Theme.mm(46)
                    isSwitch: true
                    sign: "up"
                    size: Theme.title
                    label: qsTr("Room for a high car, over 2 m")
                    picked: page.entry.needs.high
                    onActed: page.entry.needs.switch_high()
                }
            }

            BigButton {
                objectName: "car_done"
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.margin
                width: parent.width
                size: Theme.title
                sign: "tick"
                forward: true
                label: page.entry.needs.count === 0 ? qsTr("Any space will do") : qsTr("Go on with this")
                onActed: page.entry.back()
            }
        }
    ]
}
