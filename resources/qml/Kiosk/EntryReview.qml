// What is about to be paid: the space as a sign, when, for which plate, how much, kept how long.
import QtQuick
import Kiosk
import Parts
import Theme

Rectangle {
    id: card

    required property ReviewText review

    radius: Theme.radius
    color: Theme.card

    Rectangle {
        id: board

        x: Theme.mm(3)
        y: x
        width: Theme.mm(62)
        height: parent.height - 2 * y
        radius: Theme.radius
        color: Theme.accent

        Words {
            objectName: "review_space"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.mm(3)
            height: Theme.mm(36)
            text: card.review.space
            size: Theme.cap(18)
            strong: true
            color: Theme.accentInk
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
        }

        Words {
            objectName: "review_area"
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: Theme.mm(3)
            height: Theme.mm(16)
            text: card.review.area
            size: Theme.label
            strong: true
            color: Theme.accentInk
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.small
            maximumLineCount: 2
            lineHeight: 0.9
        }
    }

    Column {
        anchors.left: board.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.gapWide
        anchors.rightMargin: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(1)

        Words {
            objectName: "review_window"
            width: parent.width
            text: card.review.window
            size: Theme.figure
            strong: true
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.body
            wrapMode: Text.NoWrap
            lineHeight: 0.9
        }

        Row {
            spacing: Theme.gapWide

            Row {
                spacing: Theme.gap

                Sign {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "plate"
                    colour: Theme.inkQuiet
                    size: Theme.mm(9)
                }

                Words {
                    objectName: "review_plate"
                    anchors.verticalCenter: parent.verticalCenter
                    text: card.review.plate
                    strong: true
                    wrapMode: Text.NoWrap
                    LayoutMirroring.enabled: false
                }
            }

            Row {
                spacing: Theme.gap

                Sign {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "clock"
                    colour: card.review.isShort ? Theme.bad : Theme.inkQuiet
                    size: Theme.mm(9)
                }

                Words {
                    objectName: "time_left"
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("kept for %1").arg(card.review.timeLeft)
                    strong: card.review.isShort
                    color: card.review.isShort ? Theme.bad : Theme.inkQuiet
                    wrapMode: Text.NoWrap
                }
            }
        }

        Row {
            spacing: Theme.gapWide

            Words {
                objectName: "review_price"
                anchors.bottom: parent.bottom
                text: card.review.price
                size: Theme.figure
                strong: true
                wrapMode: Text.NoWrap
                lineHeight: 0.9
                LayoutMirroring.enabled: false
            }

            Words {
                objectName: "review_tax"
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.mm(2)
                text: qsTr("now, with %1 tax").arg(card.review.tax)
                size: Theme.label
                color: Theme.inkQuiet
                wrapMode: Text.NoWrap
            }
        }
    }
}
