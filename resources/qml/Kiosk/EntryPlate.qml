// The number plate (step 3): keys that cannot come next are dim (ux 29).
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_plate"
    title: qsTr("Your number plate?")
    step: 3
    split: 0.4

    Column {
        width: parent.width
        topPadding: Theme.margin
        spacing: Theme.gapWide

        PlateField {
            objectName: "plate_field"
            width: parent.width
            height: Theme.mm(52)
            plate: page.entry.plate.plate
            country: page.entry.plate.country
        }

        Words {
            width: parent.width
            text: qsTr("So we find your stay when the ticket is lost. It opens no barrier.")
            color: Theme.inkQuiet
        }
    }

    controls: [
        Item {
            anchors.fill: parent

            EntryChosen {
                anchors.top: parent.top
                anchors.bottom: keyboard.top
                anchors.bottomMargin: Theme.gapWide
                anchors.left: parent.left
                anchors.right: switchCountry.left
                anchors.rightMargin: Theme.gapWide
                choice: page.entry.choice
            }

            BigButton {
                id: switchCountry
                objectName: "switch_country"
                anchors.bottom: keyboard.top
                anchors.bottomMargin: Theme.gapWide
                anchors.right: parent.right
                width: Theme.mm(92)
                height: Theme.touch
                kind: "secondary"
                sign: "plate"
                size: Theme.label
                label: page.entry.plate.country === "CN" ? qsTr("Another country") : qsTr("Chinese plate")
                onActed: page.entry.plate.switch_country()
            }

            PlateKeyboard {
                id: keyboard
                objectName: "plate_keyboard"
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.margin
                width: parent.width
                height: implicitHeight
                country: page.entry.plate.country
                possible: page.entry.plate.possible
                canCorrect: page.entry.plate.canCorrect
                canAccept: page.entry.plate.isReady && !page.entry.isBusy
                acceptLabel: qsTr("Go on to review")
                onKey: sign => page.entry.plate.press(sign)
                onCorrect: page.entry.plate.correct()
                onAccepted: page.entry.reserve()
            }
        }
    ]
}
