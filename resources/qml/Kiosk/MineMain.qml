// Shows the page of a driver's own ticket that the view-model names.
import Kiosk

Pages {
    id: root

    required property MyTicket mine

    page: root.mine.page
    files: ({
            "code": "MineCode",
            "note": "MineNote",
            "status": "MineStatus",
            "cancel": "MineCancel",
            "change": "MineChange",
            "pay": "MinePay",
            "spaces": "MineSpaces",
            "none": "MineNone",
            "hand": "MineHand"
        })
    given: ({
            "mine": root.mine
        })
}
