// The exit's window: shows the page that the view-model names, and asks "Still there?" over it.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk
import Theme

Window {
    id: root

    required property ExitScreen exit

    width: 1080
    height: 1920
    visible: true
    title: root.exit.siteName
    color: Theme.ground

    Binding {
        target: Theme
        property: "textScale"
        value: root.exit.session.textScale
    }

    Loader {
        anchors.fill: parent
        visible: !root.exit.session.isAsking
        sourceComponent: {
            switch (root.exit.page) {
            case "receipt":
                return receipt;
            case "goodbye":
                return goodbye;
            case "due":
                return due;
            case "pay":
                return pay;
            case "mine":
                return mine;
            case "note":
                return note;
            case "help":
                return help;
            case "out-of-order":
                return outOfOrder;
            default:
                return present;
            }
        }
    }

    Component {
        id: present

        ExitPresent {
            exit: root.exit
        }
    }

    Component {
        id: receipt

        ExitReceipt {
            exit: root.exit
        }
    }

    Component {
        id: goodbye

        ExitGoodbye {
            exit: root.exit
        }
    }

    Component {
        id: due

        ExitDue {
            exit: root.exit
        }
    }

    Component {
        id: pay

        ExitPay {
            exit: root.exit
        }
    }

    Component {
        id: mine

        MineMain {
            mine: root.exit.mine
        }
    }

    Component {
        id: note

        ExitNote {
            exit: root.exit
        }
    }

    Component {
        id: outOfOrder

        ExitOutOfOrder {
            exit: root.exit
        }
    }

    Component {
        id: help

        HelpPage {
            objectName: "page_help"
            languages: root.exit.session.languages
            language: root.exit.session.language
            phone: root.exit.helpPhone
            kioskNumber: root.exit.kioskNumber
            laneSign: root.exit.isSettled ? root.exit.laneSign : ""
            onBack: root.exit.back()
            onHelpWanted: root.exit.help()
            onLanguageChosen: code => root.exit.session.speak(code)
        }
    }

    SessionWatch {
        anchors.fill: parent
        session: root.exit.session
        consequence: root.exit.bill.due === "" ? qsTr("Otherwise this screen starts again.") : qsTr("Otherwise this screen starts again. Nothing is paid, and your ticket stays good.")
    }
}
