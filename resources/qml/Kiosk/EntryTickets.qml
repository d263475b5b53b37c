// Several paid tickets of one wallet: which one?
pragma ComponentBehavior: Bound
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_tickets"
    title: qsTr("Which ticket?")
    sign: "ticket"
    split: 0.16

    Words {
        anchors.fill: parent
        text: qsTr("This pass has paid for several spaces.")
        size: Theme.title
    }

    controls: [
        Column {
            id: list

            width: parent.width
            spacing: Theme.gapWide

            Repeater {
                model: page.entry.ticket.rows

                SpaceCard {
                    required property int key
                    required property string space
                    required property string area
                    required property string window
                    required property string plate

                    objectName: "ticket_" + key
                    width: list.width
                    spaceLabel: space
                    place: window
                    note: area + " · " + plate
                    price: ""
                    onActed: page.entry.pick(key)
                }
            }
        }
    ]
}
