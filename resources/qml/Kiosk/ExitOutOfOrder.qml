// The barrier does not answer: nothing is asked of the driver but patience.
import QtQuick
import Parts
import Theme

ExitPage {
    id: page

    objectName: "page_out_of_order"
    split: 0.62

    BarrierSign {
        objectName: "barrier_sign"
        anchors.fill: parent
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
                text: qsTr("This exit is out of order")
                size: Theme.cap(13)
                strong: true
                Accessible.role: Accessible.Heading
            }

            Words {
                width: parent.width
                text: qsTr("Nothing is charged, and your ticket stays good. Please wait here, or press Help.")
                size: Theme.title
            }
        }
    ]
}
