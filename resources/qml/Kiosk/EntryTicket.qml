// The paid ticket (step 5): its code, where to go, and where to hold it (ux 41 to 43).
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_ticket"
    title: qsTr("Paid. This is your ticket.")
    sign: "ticket"
    step: 5
    split: 0.48
    canGoBack: false
    cancelLabel: qsTr("Done")
    cancelSign: "tick"

    banner: [
        Banner {
            objectName: "lane_banner"
            width: page.width
            visible: !page.entry.isInOrder
            height: visible ? implicitHeight : 0
            kind: "outOfOrder"
            text: qsTr("The barrier is out of order.")
            detail: qsTr("Your ticket stays good. Nothing is charged twice. Help is coming.")
        }
    ]

    QrPicture {
        id: qr
        objectName: "ticket_qr"
        y: Theme.gapWide
        side: Math.min(Theme.mm(112), parent.height - Theme.mm(28))
        height: implicitHeight
        text: page.entry.ticket.text
        code: page.entry.ticket.code
    }

    Column {
        anchors.left: qr.right
        anchors.leftMargin: Theme.gapWide
        anchors.right: parent.right
        y: Theme.gapWide
        spacing: Theme.gapWide

        Rectangle {
            width: parent.width
            height: Theme.mm(62)
            radius: Theme.radius
            color: Theme.accent

            Words {
                objectName: "ticket_space"
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.mm(4)
                height: Theme.mm(34)
                text: page.entry.ticket.space
                size: Theme.sign
                strong: true
                color: Theme.accentInk
                horizontalAlignment: Text.AlignHCenter
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.body
                wrapMode: Text.NoWrap
            }

            Words {
                objectName: "ticket_area"
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: Theme.mm(4)
                height: Theme.mm(16)
                text: page.entry.ticket.area
                size: Theme.body
                strong: true
                color: Theme.accentInk
                horizontalAlignment: Text.AlignHCenter
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.small
                maximumLineCount: 2
                lineHeight: 0.9
            }
        }

        Words {
            objectName: "ticket_window"
            width: parent.width
            height: Theme.mm(26)
            text: page.entry.ticket.window
            size: Theme.figure
            strong: true
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.label
            maximumLineCount: 2
            lineHeight: 0.9
        }

        Words {
            objectName: "ticket_plate"
            width: parent.width
            text: page.entry.ticket.plate
            size: Theme.figure
            strong: true
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
            LayoutMirroring.enabled: false
        }

        Words {
            objectName: "ticket_deposit"
            width: parent.width
            text: qsTr("%1 paid as a deposit").arg(page.entry.ticket.deposit)
            size: Theme.label
            color: Theme.inkQuiet
        }
    }

    controls: [
        Item {
            anchors.fill: parent

            Row {
                id: paper
                y: Theme.gapWide
                width: parent.width
                spacing: Theme.gapWide

                Sign {
                    anchors.verticalCenter: parent.verticalCenter
                    name: page.entry.hasNoPaper ? "warning" : "print"
                    colour: page.entry.hasNoPaper ? Theme.bad : Theme.ink
                    size: Theme.mm(14)
                }

                Words {
                    objectName: "paper"
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - Theme.mm(14) - parent.spacing
                    text: page.entry.mayHavePaper ? qsTr("No paper? Take a photo, or note the code under the picture.") : page.entry.hasNoPaper ? qsTr("There is no paper. Take a photo, or note the code under the picture.") : qsTr("Your paper ticket is printed. Or take a photo.")
                    strong: page.entry.hasNoPaper
                    color: page.entry.hasNoPaper ? Theme.bad : Theme.ink
                }
            }

            Words {
                id: hold
                objectName: "hold_hint"
                anchors.top: paper.bottom
                anchors.topMargin: Theme.gapWide
                width: parent.width
                text: page.entry.ticket.opens !== "" ? qsTr("Come back on %1 or later: then it opens the barrier.").arg(page.entry.ticket.opens) : page.entry.isInOrder ? qsTr("Now hold it to the reader: the barrier opens.") : qsTr("Please wait for help, then hold it to the reader.")
                size: Theme.title
                strong: true
            }

            Banner {
                objectName: "opens_later"
                visible: page.entry.ticket.opens !== ""
                anchors.top: hold.bottom
                anchors.topMargin: Theme.gapWide
                width: parent.width
                radius: Theme.radius
                kind: "notice"
                text: qsTr("Your space is kept for you")
                detail: qsTr("The entrance opens for this ticket from %1 on. Lost it? The code under the picture is as good.").arg(page.entry.ticket.opens)
            }

            BigButton {
                objectName: "take_second"
                visible: page.entry.secondWindow !== ""
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.margin
                width: parent.width
                size: Theme.title
                sign: "car"
                forward: true
                label: qsTr("Now the second space: %1").arg(page.entry.secondWindow)
                onActed: page.entry.takeSecond()
            }

            ExitHint {
                visible: page.entry.isInOrder && page.entry.secondWindow === "" && page.entry.ticket.opens === ""
                anchors.top: hold.bottom
                anchors.topMargin: Theme.gap
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.gapWide
                width: parent.width
            }
        }
    ]
}
