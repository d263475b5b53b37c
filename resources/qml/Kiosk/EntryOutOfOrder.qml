// No ticket opens this entrance: nothing new is sold, what is paid stays good.
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    readonly property bool isFire: page.entry.trouble === "fire"

    function headline(trouble: string): string {
        return trouble === "fire" ? qsTr("Fire alarm: do not drive in") : trouble === "locked" ? qsTr("This entrance is closed now") : qsTr("This entrance is out of order");
    }

    function advice(trouble: string): string {
        switch (trouble) {
        case "fire":
            return qsTr("Leave room for those who come out, and follow the staff. A ticket that is paid stays good.");
        case "locked":
            return qsTr("Please use another entrance, or press Help. A ticket that is paid stays good. Nothing else was charged.");
        default:
            return qsTr("No new tickets are sold at the moment. A ticket that is paid stays good. Nothing else was charged.");
        }
    }

    objectName: "page_out_of_order"
    split: 0.5
    canGoBack: false
    canCancel: false

    BarrierSign {
        objectName: "barrier_sign"
        anchors.fill: parent
        anchors.topMargin: Theme.gap
        condition: page.entry.trouble === "fault" ? "fault" : "stop"
    }

    controls: [
        Column {
            width: parent.width
            topPadding: Theme.gapWide
            spacing: Theme.gapWide

            Words {
                objectName: "out_of_order"
                width: parent.width
                text: page.headline(page.entry.trouble)
                size: Theme.cap(13)
                strong: true
                Accessible.role: Accessible.Heading
            }

            Words {
                objectName: "trouble_advice"
                width: parent.width
                text: page.advice(page.entry.trouble)
            }
        },
        BigButton {
            objectName: "prove"
            visible: !page.isFire
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
