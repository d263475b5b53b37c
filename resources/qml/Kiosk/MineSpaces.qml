// The driver's space is occupied: the ones that can be had instead, the best first.
pragma ComponentBehavior: Bound
import QtQuick
import Parts
import Theme

MinePage {
    id: page

    objectName: "page_spaces"
    title: qsTr("Take another space")
    sign: "car"
    split: 0.26

    Column {
        width: parent.width
        topPadding: Theme.margin
        spacing: Theme.gap

        Words {
            width: parent.width
            text: qsTr("In place of %1, at no cost:").arg(page.mine.ticket.space)
            size: Theme.title
            strong: true
        }

        Words {
            width: parent.width
            text: qsTr("Window and ticket stay as they are.")
            color: Theme.inkQuiet
        }
    }

    controls: [
        Column {
            id: list

            width: parent.width
            spacing: Theme.mm(4.5)

            Repeater {
                model: page.mine.spaces

                OfferCard {
                    id: card

                    required property string key
                    required title
                    required sign
                    required detail

                    objectName: "take_" + key
                    width: list.width
                    enabled: !page.mine.isBusy
                    onActed: page.mine.takeSpace(card.key)
                }
            }
        }
    ]
}
