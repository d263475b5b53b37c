// The entry's window: shows the page that the view-model names, and asks "Still there?" over it.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk
import Theme

Window {
    id: root

    required property EntryScreen entry

    width: 1080
    height: 1920
    visible: true
    title: root.entry.siteName
    color: Theme.ground

    Binding {
        target: Theme
        property: "textScale"
        value: root.entry.session.textScale
    }

    Loader {
        anchors.fill: parent
        visible: !root.entry.session.isAsking
        sourceComponent: {
            switch (root.entry.page) {
            case "find":
                return find;
            case "when":
                return when;
            case "car":
                return car;
            case "choose":
                return choose;
            case "plate":
                return plate;
            case "pay":
                return pay;
            case "ticket":
                return ticket;
            case "drive":
                return drive;
            case "nothing":
                return nothing;
            case "note":
                return note;
            case "help":
                return help;
            case "mine":
                return mine;
            case "proof":
                return proof;
            case "tickets":
                return tickets;
            case "out-of-order":
                return outOfOrder;
            default:
                return attract;
            }
        }
    }

    Component {
        id: attract

        EntryAttract {
            entry: root.entry
        }
    }

    Component {
        id: find

        EntryFind {
            entry: root.entry
        }
    }

    Component {
        id: when

        EntryWhen {
            entry: root.entry
        }
    }

    Component {
        id: car

        EntryCar {
            entry: root.entry
        }
    }

    Component {
        id: choose

        EntryChoose {
            entry: root.entry
        }
    }

    Component {
        id: plate

        EntryPlate {
            entry: root.entry
        }
    }

    Component {
        id: pay

        EntryPay {
            entry: root.entry
        }
    }

    Component {
        id: ticket

        EntryTicket {
            entry: root.entry
        }
    }

    Component {
        id: drive

        EntryDrive {
            entry: root.entry
        }
    }

    Component {
        id: note

        EntryNote {
            entry: root.entry
        }
    }

    Component {
        id: nothing

        EntryNothing {
            entry: root.entry
        }
    }

    Component {
        id: mine

        MineMain {
            mine: root.entry.mine
        }
    }

    Component {
        id: proof

        EntryProof {
            entry: root.entry
        }
    }

    Component {
        id: tickets

        EntryTickets {
            entry: root.entry
        }
    }

    Component {
        id: outOfOrder

        EntryOutOfOrder {
            entry: root.entry
        }
    }

    Component {
        id: help

        HelpPage {
            objectName: "page_help"
            languages: root.entry.session.languages
            language: root.entry.session.language
            phone: root.entry.helpPhone
            kioskNumber: root.entry.kioskNumber
            onBack: root.entry.back()
            onHelpWanted: root.entry.help()
            onLanguageChosen: code => root.entry.session.speak(code)
        }
    }

    SessionWatch {
        anchors.fill: parent
        session: root.entry.session
        consequence: root.entry.page === "ticket" ? qsTr("Otherwise this screen starts again. Your ticket is paid and stays good.") : qsTr("Otherwise this screen starts again. Nothing is paid.")
    }
}
