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
            height: Theme.mm(card.review.needsPermit ? 26 : 36)
            text: card.review.space
            size: Theme.cap(18)
            strong: true
            color: Theme.accentInk
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
        }

        Row {
            id: permit

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: area.top
            anchors.margins: Theme.mm(3)
            height: Theme.mm(18)
            visible: card.review.needsPermit
            spacing: Theme.mm(2)

            Sign {
                id: accessible
                anchors.verticalCenter: parent.verticalCenter
                name: "accessible"
                colour: Theme.accentInk
                size: Theme.mm(12)
            }

            Words {
                objectName: "review_permit"
                width: parent.width - accessible.width - parent.spacing
                height: parent.height
                text: qsTr("Permit needed")
                size: Theme.label
                strong: true
                color: Theme.accentInk
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.least
                maximumLineCount: 2
                lineHeight: 0.9
            }
        }

        Words {
            id: area
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
        id: told

        anchors.left: board.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.gapWide
        anchors.rightMargin: Theme.gapWide
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.margins: Theme.mm(3)

        readonly property real line: height / 3

        Words {
            objectName: "review_window"
            width: parent.width
            height: told.line
            text: card.review.window
            size: Theme.figure
            strong: true
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.body
            wrapMode: Text.NoWrap
        }

        Words {
            objectName: "review_plate"
            width: parent.width
            height: told.line
            text: card.review.plate
            size: Theme.figure
            strong: true
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.body
            wrapMode: Text.NoWrap
            LayoutMirroring.enabled: false
        }

        Item {
            width: parent.width
            height: told.line

            Words {
                id: price
                objectName: "review_price"
                width: Math.min(implicitWidth, parent.width * 0.56)
                height: parent.height
                text: card.review.price
                size: Theme.figure
                strong: true
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.body
                wrapMode: Text.NoWrap
                LayoutMirroring.enabled: false
            }

            Column {
                anchors.left: price.right
                anchors.right: parent.right
                anchors.leftMargin: Theme.gapWide
                anchors.verticalCenter: parent.verticalCenter

                Words {
                    objectName: "review_tax"
                    width: parent.width
                    text: qsTr("now, with %1 tax").arg(card.review.tax)
                    size: Theme.label
                    color: Theme.inkQuiet
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.small
                    wrapMode: Text.NoWrap
                }

                Row {
                    width: parent.width
                    spacing: Theme.mm(2)

                    Sign {
                        id: watch
                        anchors.verticalCenter: parent.verticalCenter
                        name: "clock"
                        colour: card.review.isShort ? Theme.bad : Theme.inkQuiet
                        size: Theme.label
                    }

                    Words {
                        objectName: "time_left"
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - watch.width - parent.spacing
                        text: qsTr("kept for %1").arg(card.review.timeLeft)
                        size: Theme.label
                        strong: card.review.isShort
                        color: card.review.isShort ? Theme.bad : Theme.inkQuiet
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Theme.small
                        wrapMode: Text.NoWrap
                    }
                }
            }
        }
    }
}
