// No ticket opens this exit: patience, another exit, or out at once when there is a fire.
import QtQuick
import Parts
import Theme

ExitPage {
    id: page

    function headline(trouble: string): string {
        return trouble === "fire" ? qsTr("Fire alarm: drive out now") : trouble === "locked" ? qsTr("This exit is closed now") : qsTr("This exit is out of order");
    }

    function advice(trouble: string): string {
        switch (trouble) {
        case "fire":
            return qsTr("The barrier stays open. No ticket is needed.");
        case "locked":
            return qsTr("Nothing is charged, and your ticket stays good. Please use another exit, or press Help.");
        default:
            return qsTr("Nothing is charged, and your ticket stays good. Please wait here, or press Help.");
        }
    }

    objectName: "page_out_of_order"
    split: 0.62

    BarrierSign {
        objectName: "barrier_sign"
        anchors.fill: parent
        condition: page.exit.trouble === "fault" ? "fault" : page.exit.laneSign
    }

    controls: [
        Column {
            width: parent.width
            topPadding: Theme.gapWide
            spacing: Theme.gapWide

            Words {
                objectName: "out_of_order"
                width: parent.width
                text: page.headline(page.exit.trouble)
                size: Theme.cap(13)
                strong: true
                Accessible.role: Accessible.Heading
            }

            Words {
                width: parent.width
                objectName: "trouble_advice"
                text: page.advice(page.exit.trouble)
                size: Theme.title
            }
        }
    ]
}
