// No space is idle for what was wanted: what comes nearest, each one touch away.
pragma ComponentBehavior: Bound
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_nothing"
    title: qsTr("Nothing is free then")
    sign: "notice"
    split: 0.2

    Column {
        width: parent.width
        topPadding: Theme.margin
        spacing: Theme.gap

        Words {
            objectName: "happened"
            width: parent.width
            text: page.entry.happened
            size: Theme.title
            strong: true
            Accessible.role: Accessible.AlertMessage
        }

        Words {
            objectName: "advice"
            width: parent.width
            text: page.entry.instead.count === 0 ? page.entry.advice : page.entry.needs.count > 0 ? qsTr("Of what fits your car, this can be had instead:") : qsTr("This can be had instead:")
            color: Theme.inkQuiet
        }
    }

    controls: [
        Column {
            id: list

            width: parent.width
            spacing: Theme.mm(4.5)

            Repeater {
                model: page.entry.instead.rows

                OfferCard {
                    id: card

                    required property string key
                    required title
                    required sign
                    required detail

                    objectName: "instead_" + key
                    width: list.width
                    enabled: !page.entry.isBusy
                    onActed: page.entry.takeInstead(card.key)
                }
            }
        },
        BigButton {
            objectName: "dismiss"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            width: parent.width
            height: Theme.action
            kind: page.entry.instead.count === 0 ? "primary" : "secondary"
            size: Theme.title
            sign: "back"
            label: qsTr("Choose again")
            onActed: page.entry.dismiss()
        }
    ]
}
