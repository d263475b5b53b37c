// The entry's window: shows the page that the view-model names, and asks "Still there?" over it.
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

    Pages {
        anchors.fill: parent
        visible: !root.entry.session.isAsking
        page: root.entry.page
        files: ({
                "attract": "EntryAttract",
                "find": "EntryFind",
                "when": "EntryWhen",
                "car": "EntryCar",
                "choose": "EntryChoose",
                "plate": "EntryPlate",
                "pay": "EntryPay",
                "ticket": "EntryTicket",
                "drive": "EntryDrive",
                "nothing": "EntryNothing",
                "note": "EntryNote",
                "help": "EntryHelp",
                "mine": "EntryMine",
                "proof": "EntryProof",
                "tickets": "EntryTickets",
                "out-of-order": "EntryOutOfOrder"
            })
        given: ({
                "entry": root.entry
            })
    }

    SessionWatch {
        anchors.fill: parent
        session: root.entry.session
        consequence: root.entry.page === "ticket" ? qsTr("Otherwise this screen starts again. Your ticket is paid and stays good.") : qsTr("Otherwise this screen starts again. Nothing is paid.")
    }
}
