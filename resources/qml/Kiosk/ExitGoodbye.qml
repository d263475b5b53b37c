// The car is through.
import QtQuick
import Parts
import Theme

ExitPage {
    id: page

    objectName: "page_goodbye"
    split: 0.66

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.good

        Sign {
            anchors.centerIn: parent
            name: "car"
            colour: Theme.goodInk
            size: Math.round(Math.min(parent.width, parent.height) * 0.55)
        }
    }

    controls: [
        Column {
            width: parent.width
            topPadding: Theme.gapWide
            spacing: Theme.gapWide

            Words {
                objectName: "goodbye"
                width: parent.width
                text: qsTr("Goodbye")
                size: Theme.sign
                strong: true
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.title
                Accessible.role: Accessible.Heading
            }

            Words {
                width: parent.width
                text: qsTr("Thank you for parking here. Have a safe journey.")
                size: Theme.title
            }
        }
    ]
}
