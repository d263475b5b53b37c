// The till: what should lie in it, and a count by notes and coins at both ends of a shift.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Card {
    id: view

    required property TillForm till
    required property DeskPapers papers
    required property Window window
    readonly property string page: till.page
    readonly property bool counts: page === "count-open" || page === "count-close"

    signal closed

    function problem(code: string): string {
        switch (code) {
        case "left-missing":
            return qsTr("Write what stays in the till, such as 100 or 0.");
        case "left-more":
            return qsTr("No more can stay in the till than was counted.");
        case "count-refused":
            return qsTr("That is more than a till holds. Nothing was booked. Count again.");
        case "closed":
            return qsTr("The shift is closed already. Nothing was booked.");
        case "busy":
            return qsTr("The computer is busy. Press again: nothing is booked twice.");
        case "failed":
            return qsTr("Something failed and nothing was booked. Press again: nothing is booked twice.");
        default:
            return "";
        }
    }

    function act(page: string): string {
        switch (page) {
        case "count-open":
            return qsTr("This is in the till: open the shift (Enter)");
        case "open":
            return qsTr("Count and close the shift (Enter)");
        case "count-close":
            return qsTr("Counted: what stays in it? (Enter)");
        case "leave":
            return qsTr("Close the shift (Enter)");
        default:
            return qsTr("Done (Enter)");
        }
    }

    function begin() {
        if (!view.visible)
            return;
        if (view.counts)
            pieces.forceActiveFocus(Qt.TabFocusReason);
        else if (view.page === "leave")
            leftBox.forceActiveFocus(Qt.TabFocusReason);
        else
            nextKey.forceActiveFocus(Qt.TabFocusReason);
    }

    title: page === "count-open" ? qsTr("Open a shift: count the float") : page === "count-close" ? qsTr("Close the shift: count the till") : page === "leave" ? qsTr("Close the shift: what stays in the till") : page === "report" ? qsTr("Report of the shift") : qsTr("Till")
    onVisibleChanged: Qt.callLater(view.begin)
    onPageChanged: Qt.callLater(view.begin)

    beside: Row {
        spacing: Theme.gap

        BigButton {
            objectName: "till_print"
            visible: view.page === "report"
            kind: "secondary"
            sign: "print"
            size: Theme.label
            height: Theme.touch
            label: qsTr("Print at the exit")
            onActed: view.papers.printShift()
        }

        BigButton {
            objectName: "till_back"
            kind: "secondary"
            sign: "back"
            size: Theme.label
            height: Theme.touch
            label: view.page === "count-close" || view.page === "leave" ? qsTr("Count later: back to the shift") : qsTr("Back (Esc)")
            onActed: view.page === "count-close" || view.page === "leave" ? view.till.back() : view.closed()
        }
    }

    Column {
        id: form

        x: Theme.mm(6)
        y: Theme.mm(6)
        width: view.counts ? Theme.mm(196) : Theme.mm(150)
        spacing: Theme.gapWide

        Words {
            visible: view.page === "count-open"
            width: parent.width
            text: qsTr("Count what lies in the till now. By the books it is %1; what you count holds, under your name.").arg(view.till.inTill)
        }

        Words {
            visible: view.page === "count-close"
            width: parent.width
            text: qsTr("Count every note and coin. By the books it should be %1.").arg(view.till.inTill)
        }

        FocusScope {
            id: pieces

            objectName: "till_pieces"
            visible: view.counts
            width: parent.width
            height: grid.height
            activeFocusOnTab: true
            Accessible.role: Accessible.Grouping
            Accessible.name: qsTr("Notes and coins")
            Keys.onPressed: event => {
                event.accepted = true;
                if (event.key === Qt.Key_Backspace)
                    view.till.erase();
                else if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9)
                    view.till.typeDigit(event.text);
                else if (event.key === Qt.Key_Down || event.key === Qt.Key_Up)
                    view.till.move(event.key === Qt.Key_Down ? 1 : -1);
                else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
                    view.till.confirm();
                else
                    event.accepted = false;
            }

            Grid {
                id: grid

                columns: 2
                rows: 7
                flow: Grid.TopToBottom
                spacing: Theme.gap

                Repeater {
                    model: view.till.counts

                    CountTile {
                        objectName: "count_" + key
                        width: (pieces.width - Theme.gap) / 2
                        height: Theme.mm(13)
                        onActed: {
                            view.till.choose(key);
                            pieces.forceActiveFocus(Qt.MouseFocusReason);
                        }
                    }
                }
            }
        }

        MoneyLine {
            objectName: "till_sum"
            visible: view.counts || view.page === "leave"
            width: parent.width
            label: qsTr("Counted")
            amount: view.till.sum
            total: true
        }

        TextBox {
            id: leftBox
            objectName: "till_left"
            visible: view.page === "leave"
            width: parent.width
            label: qsTr("Stays in the till for the next shift, in %1").arg(view.till.currency)
            size: Theme.title
            text: view.till.left
            mostSigns: 9
            onEdited: text => view.till.typeLeft(text)
            onAccepted: view.till.confirm()
        }

        Words {
            visible: view.page === "leave"
            width: parent.width
            text: qsTr("The rest goes to the bank. What is missing or too much is booked under your name and that of whoever opened the shift.")
        }

        Words {
            visible: view.page === "open" || view.page === "report"
            width: parent.width
            text: view.till.closedBy === "" ? qsTr("Opened by %1, %2").arg(view.till.openedBy).arg(view.till.openedAt) : qsTr("Opened by %1, %2; closed by %3, %4").arg(view.till.openedBy).arg(view.till.openedAt).arg(view.till.closedBy).arg(view.till.closedAt)
            color: Theme.inkQuiet
        }

        Column {
            visible: view.page === "open" || view.page === "report"
            width: parent.width

            Repeater {
                model: view.till.lines

                MoneyLine {
                    required property string code
                    required property string text
                    required property bool is_total

                    objectName: "till_" + code
                    width: form.width
                    label: DeskTillWords.line(code)
                    amount: text
                    total: is_total
                }
            }
        }

        Words {
            objectName: "till_problem"
            visible: text !== ""
            width: parent.width
            text: view.problem(view.till.problem)
            strong: true
            color: Theme.bad
            Accessible.role: Accessible.AlertMessage
        }

        BigButton {
            id: nextKey
            objectName: "till_next"
            visible: view.page !== "wait"
            kind: "primary"
            width: parent.width
            height: Theme.mm(16)
            centred: true
            enabled: !view.till.isWaiting
            label: view.till.isWaiting ? qsTr("One moment…") : view.act(view.page)
            onActed: view.till.confirm()
        }
    }

    LetterKeys {
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        visible: view.page === "leave"
        width: Theme.mm(220)
        window: view.window
    }

    DigitPad {
        anchors.left: form.right
        anchors.leftMargin: Theme.mm(14)
        y: form.y + pieces.y
        visible: view.counts
        keyWidth: Theme.mm(30)
        keyHeight: Theme.mm(24)
        onDigit: digit => view.till.typeDigit(digit)
        onErased: view.till.erase()
        onAccepted: view.till.move(1)
    }

    Rectangle {
        anchors.left: form.right
        anchors.leftMargin: Theme.mm(20)
        anchors.right: parent.right
        y: form.y
        height: help.implicitHeight + 2 * Theme.mm(8)
        visible: view.page === "open" || view.page === "report" || view.page === "leave"
        radius: Theme.radius
        color: Theme.ground

        Column {
            id: help

            x: Theme.mm(8)
            y: Theme.mm(8)
            width: parent.width - 2 * x
            spacing: Theme.mm(5)

            Repeater {
                model: [
                    {
                        sign: "money",
                        text: qsTr("Every cash act of this desk stands here, from the count of the float on.")
                    },
                    {
                        sign: "person",
                        text: qsTr("Who takes over counts too: close this shift and let the next one be opened.")
                    },
                    {
                        sign: "lock",
                        text: qsTr("Without an open shift this desk takes and gives no cash.")
                    }
                ]

                Row {
                    id: hint

                    required property var modelData

                    width: help.width
                    spacing: Theme.mm(5)

                    Sign {
                        name: hint.modelData.sign
                        colour: Theme.inkQuiet
                        size: Theme.mm(9)
                    }

                    Words {
                        width: parent.width - Theme.mm(14)
                        text: hint.modelData.text
                    }
                }
            }
        }
    }
}
