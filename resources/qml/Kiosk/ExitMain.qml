// The exit's window: shows the page that the view-model names, and asks "Still there?" over it.
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

    Pages {
        anchors.fill: parent
        visible: !root.exit.session.isAsking
        page: root.exit.page
        files: ({
                "present": "ExitPresent",
                "receipt": "ExitReceipt",
                "goodbye": "ExitGoodbye",
                "due": "ExitDue",
                "pay": "ExitPay",
                "mine": "ExitMine",
                "note": "ExitNote",
                "help": "ExitHelp",
                "out-of-order": "ExitOutOfOrder"
            })
        given: ({
                "exit": root.exit
            })
    }

    SessionWatch {
        anchors.fill: parent
        session: root.exit.session
        consequence: root.exit.bill.due === "" ? qsTr("Otherwise this screen starts again.") : qsTr("Otherwise this screen starts again. Nothing is paid, and your ticket stays good.")
    }
}
