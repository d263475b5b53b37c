// What a ticket stands for now: its space, where it stands, and what can be done with it.
pragma ComponentBehavior: Bound
import QtQuick
import Parts
import Theme

MinePage {
    id: page

    readonly property bool hasQr: page.mine.ticket.qr !== ""
    readonly property bool isMoved: page.mine.ticket.movedFrom !== ""

    objectName: "page_status"
    split: 0.53

    banner: [
        Banner {
            objectName: "done"
            width: page.width
            visible: page.mine.done !== ""
            height: visible ? implicitHeight : 0
            kind: "good"
            text: page.mine.done
            detail: page.mine.oldTicket
        }
    ]

    QrPicture {
        id: qr
        objectName: "my_qr"
        y: Theme.gapWide
        visible: page.hasQr
        side: Math.min(Theme.mm(104), parent.height - Theme.mm(28))
        width: page.hasQr ? side : 0
        height: implicitHeight
        text: page.hasQr ? page.mine.ticket.qr : "-"
        code: page.mine.ticket.code
    }

    Column {
        anchors.left: qr.right
        anchors.leftMargin: page.hasQr ? Theme.gapWide : 0
        anchors.right: parent.right
        y: Theme.gapWide
        spacing: Theme.gap

        Rectangle {
            width: parent.width
            height: Theme.mm(page.isMoved ? 74 : 62)
            radius: Theme.radius
            color: Theme.accent

            Words {
                objectName: "moved"
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.mm(4)
                height: page.isMoved ? Theme.mm(18) : 0
                visible: page.isMoved
                text: qsTr("Moved from %1 to").arg(page.mine.ticket.movedFrom)
                size: Theme.title
                strong: true
                color: Theme.accentInk
                horizontalAlignment: Text.AlignHCenter
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.least
                maximumLineCount: 2
            }

            Words {
                objectName: "my_space"
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: area.top
                anchors.margins: Theme.mm(4)
                height: Theme.mm(page.isMoved ? 28 : 34)
                text: page.mine.ticket.space
                size: Theme.sign
                strong: true
                color: Theme.accentInk
                horizontalAlignment: Text.AlignHCenter
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.body
                wrapMode: Text.NoWrap
            }

            Words {
                id: area
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: Theme.mm(3)
                height: Theme.mm(13)
                text: page.mine.ticket.area
                size: Theme.body
                strong: true
                color: Theme.accentInk
                horizontalAlignment: Text.AlignHCenter
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.least
                maximumLineCount: 2
                lineHeight: 0.9
            }
        }

        Words {
            objectName: "my_window"
            width: parent.width
            height: Theme.mm(26)
            text: page.mine.ticket.window
            size: Theme.figure
            strong: true
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.label
            maximumLineCount: 2
            lineHeight: 0.9
        }

        Words {
            objectName: "my_state"
            width: parent.width
            text: page.mine.state
            size: page.hasQr ? Theme.body : Theme.title
            strong: true
            color: page.mine.stateKind === "bad" ? Theme.bad : page.mine.stateKind === "good" ? Theme.good : Theme.ink
        }

        Words {
            objectName: "my_opens"
            width: parent.width
            visible: page.mine.opens !== ""
            text: qsTr("The entrance opens from %1 on").arg(page.mine.opens)
            size: Theme.label
        }

        Words {
            objectName: "pays_back"
            width: parent.width
            visible: page.mine.paysBack !== ""
            text: qsTr("%1 went back to you").arg(page.mine.paysBack)
            size: Theme.title
        }
    }

    controls: [
        Column {
            id: list

            width: parent.width
            topPadding: Theme.gap
            spacing: Theme.mm(4.5)

            Repeater {
                model: page.mine.deeds

                OfferCard {
                    id: card

                    required property string key
                    required title
                    required sign
                    required detail

                    objectName: "do_" + key
                    width: list.width
                    enabled: !page.mine.isBusy
                    onActed: page.mine.do(card.key)
                }
            }
        }
    ]
}
