// The workspace: band, one page in the middle, what needs the attendant and the lanes beside it.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

FocusScope {
    id: view

    required property DeskScreen desk
    required property var languages
    required property Window window
    readonly property bool isFree: visible && !desk.forms.isAsking

    function find() {
        view.desk.showOverview();
        stays.find();
    }

    onVisibleChanged: if (visible)
        Qt.callLater(stays.find)

    Rectangle {
        id: band

        width: parent.width
        height: Theme.header
        color: Theme.band

        Rectangle {
            id: square

            x: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.mm(10)
            height: width
            radius: Theme.radius
            color: Theme.accent

            Sign {
                anchors.centerIn: parent
                name: "park"
                colour: Theme.accentInk
                size: Theme.mm(7)
            }
        }

        Words {
            id: siteWords
            anchors.left: square.right
            anchors.leftMargin: Theme.mm(5)
            height: parent.height
            text: view.desk.siteName
            size: Theme.title
            strong: true
            color: Theme.bandInk
            wrapMode: Text.NoWrap
        }

        Row {
            anchors.left: siteWords.right
            anchors.leftMargin: Theme.mm(14)
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap

            BigButton {
                objectName: "page_overview"
                kind: "secondary"
                sign: "level"
                size: Theme.label
                height: Theme.touch
                label: qsTr("Overview (F1)")
                onActed: view.desk.showOverview()
            }

            BigButton {
                objectName: "page_find"
                kind: "secondary"
                sign: "search"
                size: Theme.label
                height: Theme.touch
                label: qsTr("Find a stay (F3)")
                onActed: view.find()
            }

            BigButton {
                objectName: "page_wallet"
                kind: "secondary"
                sign: "wallet"
                size: Theme.label
                height: Theme.touch
                label: qsTr("Wallet (F4)")
                onActed: view.desk.showWallet()
            }

            BigButton {
                objectName: "page_till"
                visible: view.desk.forms.keepsShifts
                kind: "secondary"
                sign: "money"
                size: Theme.label
                height: Theme.touch
                label: qsTr("Till (Ctrl+T)")
                onActed: view.desk.showTill()
            }
        }

        Row {
            anchors.right: parent.right
            anchors.rightMargin: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gapWide

            StatusPill {
                objectName: "ordered"
                anchors.verticalCenter: parent.verticalCenter
                visible: view.desk.said !== ""
                kind: view.desk.said.startsWith("not-") ? "attention" : "good"
                text: DeskWords.said(view.desk.said, view.desk.lanes.way(view.desk.saidOf) === "" ? view.desk.saidOf : DeskWords.lane(view.desk.saidOf, view.desk.lanes.way(view.desk.saidOf)))
            }

            Words {
                objectName: "time"
                anchors.verticalCenter: parent.verticalCenter
                text: view.desk.time
                size: Theme.title
                strong: true
                color: Theme.bandInk
                wrapMode: Text.NoWrap
            }

            LanguageSwitch {
                anchors.verticalCenter: parent.verticalCenter
                height: Theme.touch
                width: Theme.mm(34)
                compact: true
                choices: view.languages
                current: view.desk.language
                onChosen: code => view.desk.chooseLanguage(code)
            }

            BigButton {
                objectName: "lock"
                anchors.verticalCenter: parent.verticalCenter
                kind: "secondary"
                sign: "lock"
                size: Theme.label
                height: Theme.touch
                label: qsTr("%1, lock (F12)").arg(view.desk.attendant)
                onActed: view.desk.lock()
            }
        }
    }

    Item {
        id: middle

        anchors.top: band.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: side.left
        anchors.margins: Theme.margin

        Card {
            visible: view.desk.page === "overview" && stays.showsKeys
            width: parent.width
            height: Math.round(parent.height * 0.52)
            title: qsTr("Keys")
            note: qsTr("for the list below")

            LetterKeys {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Theme.mm(220)
                window: view.window
            }
        }

        BoardView {
            visible: view.desk.page === "overview" && !stays.showsKeys
            width: parent.width
            height: Math.round(parent.height * 0.52)
            board: view.desk.board
        }

        StaysView {
            id: stays
            visible: view.desk.page === "overview"
            y: Math.round(parent.height * 0.52) + Theme.gapWide
            width: parent.width
            height: parent.height - y
            stays: view.desk.stays
        }

        StayView {
            visible: view.desk.page === "stay"
            anchors.fill: parent
            detail: view.desk.detail
            form: view.desk.forms.stay
            life: view.desk.forms.life
            after: view.desk.forms.after
            payer: view.desk.forms.payer
            onClosed: view.find()
            onCloseSpaceWanted: view.desk.closeSpace()
        }

        WalletView {
            id: wallet
            visible: view.desk.page === "wallet" && view.desk.wallet.deeds.deed === ""
            anchors.fill: parent
            wallet: view.desk.wallet
            payer: view.desk.forms.payer
            window: view.window
            onClosed: view.find()
        }

        WalletDeedView {
            visible: view.desk.page === "wallet" && view.desk.wallet.deeds.deed !== ""
            anchors.fill: parent
            deeds: view.desk.wallet.deeds
            window: view.window
        }

        TillView {
            visible: view.desk.page === "till"
            anchors.fill: parent
            till: view.desk.forms.till
            papers: view.desk.forms.papers
            window: view.window
            onClosed: view.find()
        }
    }

    Item {
        id: side

        anchors.top: band.bottom
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        anchors.margins: Theme.margin
        width: Theme.mm(170)

        NoticesView {
            anchors.top: parent.top
            anchors.bottom: lanes.top
            anchors.bottomMargin: Theme.gapWide
            width: parent.width
            notices: view.desk.notices
            lanes: view.desk.lanes
            onStayWanted: key => view.desk.showStay(key)
            onExplainWanted: key => view.desk.forms.explain.begin(key)
        }

        LanesView {
            id: lanes
            anchors.bottom: money.top
            anchors.bottomMargin: Theme.gapWide
            width: parent.width
            height: Math.min(implicitHeight, parent.height - money.height - Theme.mm(64))
            lanes: view.desk.lanes
        }

        MoneyView {
            id: money
            anchors.bottom: parent.bottom
            width: parent.width
            // The orders of a lane stand there whole first.
            height: Math.min(implicitHeight, Math.max(Theme.mm(60), parent.height - lanes.implicitHeight - Theme.mm(64)))
            money: view.desk.money
            payouts: view.desk.forms.payouts
            staff: view.desk.forms.staff
        }
    }

    Shortcut {
        sequence: "F1"
        enabled: view.isFree
        onActivated: view.find()
    }

    Shortcut {
        sequence: "F2"
        enabled: view.isFree && (view.desk.page === "stay" || view.desk.page === "wallet")
        onActivated: view.desk.page === "stay" ? view.desk.detail.openBarrier() : view.desk.wallet.openNew()
    }

    Shortcut {
        sequence: "F3"
        enabled: view.isFree
        onActivated: view.find()
    }

    Shortcut {
        sequence: "F4"
        enabled: view.isFree
        onActivated: view.desk.showWallet()
    }

    Shortcut {
        sequence: "Ctrl+T"
        enabled: view.isFree && view.desk.forms.keepsShifts
        onActivated: view.desk.showTill()
    }

    Shortcut {
        sequence: "F5"
        enabled: view.isFree
        onActivated: view.desk.lanes.openByKey(5)
    }

    Shortcut {
        sequence: "F6"
        enabled: view.isFree
        onActivated: view.desk.lanes.openByKey(6)
    }

    Shortcut {
        sequence: "F7"
        enabled: view.isFree
        onActivated: view.desk.lanes.openByKey(7)
    }

    Shortcut {
        sequence: "F8"
        enabled: view.isFree
        onActivated: view.desk.lanes.openByKey(8)
    }

    Shortcut {
        sequence: "F9"
        enabled: view.isFree && view.desk.page === "stay"
        onActivated: view.desk.forms.stay.begin(view.desk.forms.stay.deeds.includes("inside") ? "inside" : "left")
    }

    Shortcut {
        sequence: "F10"
        enabled: view.isFree && view.desk.page === "stay"
        onActivated: view.desk.forms.stay.begin("refund")
    }

    Shortcut {
        sequence: "F11"
        enabled: view.isFree && view.desk.page === "stay"
        onActivated: view.desk.forms.stay.begin("print")
    }

    Shortcut {
        sequence: "F12"
        enabled: view.visible
        onActivated: view.desk.lock()
    }

    Shortcut {
        sequence: "Ctrl+P"
        enabled: view.isFree
        onActivated: view.desk.forms.payouts.open()
    }

    Shortcut {
        sequence: "Escape"
        enabled: view.isFree && view.desk.page !== "overview"
        onActivated: view.find()
    }
}
