// The barrier does not answer: nothing new is sold, what is paid stays good.
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_out_of_order"
    split: 0.5
    canGoBack: false
    canCancel: false

    BarrierSign {
        objectName: "barrier_sign"
        anchors.fill: parent
        anchors.topMargin: Theme.gap
        condition: "fault"
    }

    controls: [
        Column {
            width: parent.width
            topPadding: Theme.gapWide
            spacing: Theme.gapWide

            Words {
                objectName: "out_of_order"
                width: parent.width
                text: qsTr("This entrance is out of order")
                size: Theme.cap(13)
                strong: true
                Accessible.role: Accessible.Heading
            }

            Words {
                width: parent.width
                text: qsTr("No new tickets are sold at the moment. A ticket that is paid stays good. Nothing else was charged.")
            }
        },
        BigButton {
            objectName: "prove"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            width: parent.width
            kind: "secondary"
            height: Theme.action
            sign: "ticket"
            label: qsTr("I have paid already: show my ticket")
            onActed: page.entry.prove()
        }
    ]
}
