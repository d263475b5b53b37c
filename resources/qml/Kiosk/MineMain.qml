// Shows the page of a driver's own ticket that the view-model names.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk

Loader {
    id: root

    required property MyTicket mine

    sourceComponent: {
        switch (root.mine.page) {
        case "note":
            return note;
        case "status":
            return status;
        case "cancel":
            return cancel;
        case "change":
            return change;
        case "pay":
            return pay;
        case "spaces":
            return spaces;
        case "none":
            return none;
        default:
            return code;
        }
    }

    Component {
        id: code

        MineCode {
            mine: root.mine
        }
    }

    Component {
        id: status

        MineStatus {
            mine: root.mine
        }
    }

    Component {
        id: cancel

        MineCancel {
            mine: root.mine
        }
    }

    Component {
        id: change

        MineChange {
            mine: root.mine
        }
    }

    Component {
        id: pay

        MinePay {
            mine: root.mine
        }
    }

    Component {
        id: spaces

        MineSpaces {
            mine: root.mine
        }
    }

    Component {
        id: none

        MineNone {
            mine: root.mine
        }
    }

    Component {
        id: note

        MineNote {
            mine: root.mine
        }
    }
}
