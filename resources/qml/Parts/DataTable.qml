// A table for the desk, driven by the keyboard: type to filter, arrows to move, Enter to open.
// Filtering is Python's: the table only tells what was typed.
pragma ComponentBehavior: Bound
import QtQuick
import Theme

FocusScope {
    id: table

    required property var rows
    // [{ role, title, share (of 100), right (bool), pill (role of the pill's kind),
    // word (function that says what a code means) }, ...]
    required property var columns
    property string keyRole: "key"
    property string filterText: ""
    property string filterHint: qsTr("Filter")
    property string emptyText: qsTr("Nothing to show")
    property bool hasFilter: true
    property string countText: ""

    signal filterEdited(string text)
    signal chosen(string key)

    function columnWidth(share: real): real {
        return Math.floor((table.width - 2 * Theme.mm(2)) * share / 100);
    }

    // Words that begin right of numbers keep away from them: the numbers end where they begin.
    function startOf(index: int): real {
        return index > 0 && table.columns[index - 1].right && !table.columns[index].right ? Theme.mm(5) : 0;
    }

    // Move the mark to this row, as a choice does.
    function mark(index: int) {
        list.forceLayout(); // rows that have just come move the mark first
        list.currentIndex = Math.max(0, index);
    }

    onFilterTextChanged: list.currentIndex = 0
    Accessible.role: Accessible.Table
    Accessible.name: filterHint

    Rectangle {
        id: filterRoom

        width: parent.width
        height: table.hasFilter ? Theme.mm(10) : 0
        visible: table.hasFilter
        radius: Theme.radius
        color: Theme.card
        border.width: input.activeFocus ? Theme.edge : Theme.line
        border.color: input.activeFocus ? Theme.ink : Theme.control

        Sign {
            id: glass
            x: Theme.mm(3)
            anchors.verticalCenter: parent.verticalCenter
            name: "search"
            size: Theme.body
            colour: Theme.inkQuiet
        }

        TextInput {
            id: input

            objectName: "filter"
            anchors.left: glass.right
            anchors.right: countWords.left
            anchors.margins: Theme.mm(3)
            anchors.verticalCenter: parent.verticalCenter
            focus: true
            clip: true
            text: table.filterText
            font.family: Theme.family
            font.pixelSize: Theme.body
            color: Theme.ink
            selectionColor: Theme.primary
            selectedTextColor: Theme.primaryInk
            activeFocusOnTab: true
            Accessible.role: Accessible.EditableText
            Accessible.name: table.filterHint
            onTextEdited: table.filterEdited(text)
            Keys.onDownPressed: list.walk(1)
            Keys.onUpPressed: list.walk(-1)
            Keys.onPressed: event => {
                event.accepted = event.key === Qt.Key_PageDown || event.key === Qt.Key_PageUp;
                if (event.accepted)
                    list.walk((event.key === Qt.Key_PageDown ? 1 : -1) * Math.max(1, Math.floor(list.height / Theme.mm(10)) - 1));
            }
            Keys.onReturnPressed: list.open()
            Keys.onEnterPressed: list.open()
            Keys.onEscapePressed: table.filterEdited("")

            Words {
                anchors.fill: parent
                visible: input.text === ""
                text: table.filterHint
                color: Theme.inkQuiet
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }

        Words {
            id: countWords
            anchors.right: parent.right
            anchors.rightMargin: Theme.mm(3)
            height: parent.height
            text: table.countText
            size: Theme.label
            color: Theme.inkQuiet
            wrapMode: Text.NoWrap
        }
    }

    Row {
        id: titles

        anchors.top: filterRoom.bottom
        anchors.topMargin: table.hasFilter ? Theme.gap : 0
        x: Theme.mm(2)
        height: Theme.mm(8)

        Repeater {
            model: table.columns

            Words {
                required property var modelData
                required property int index

                objectName: "title_" + modelData.role
                width: table.columnWidth(modelData.share)
                height: titles.height
                leftPadding: table.startOf(index)
                rightPadding: Theme.mm(2)
                text: modelData.title
                size: Theme.label
                color: Theme.inkQuiet
                horizontalAlignment: modelData.right ? Text.AlignRight : Text.AlignLeft
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }
        }
    }

    Rectangle {
        anchors.top: titles.bottom
        width: parent.width
        height: Theme.edge
        color: Theme.ink
        z: 1
    }

    ListView {
        id: list

        function walk(step: int) {
            list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex + step));
        }

        function open() {
            list.forceLayout(); // Enter may come before the frame that shows what was typed
            if (list.currentItem)
                (list.currentItem as TableRow).act();
        }

        anchors.top: titles.bottom
        anchors.topMargin: Theme.edge
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: true
        highlightMoveDuration: 0
        activeFocusOnTab: true
        currentIndex: 0
        onCountChanged: currentIndex = Math.max(0, Math.min(currentIndex, count - 1))
        reuseItems: true
        model: table.rows
        delegate: TableRow {}
        Keys.onReturnPressed: open()
        Keys.onEnterPressed: open()

        Words {
            anchors.centerIn: parent
            visible: list.count === 0
            text: table.emptyText
            color: Theme.inkQuiet
        }
    }

    component TableRow: Touchable {
        id: row

        required property var model
        required property int index

        objectName: "row_" + row.model[table.keyRole]
        label: table.columns.map(column => row.model[column.role]).join(", ")
        width: list.width
        height: Theme.mm(10)
        activeFocusOnTab: false
        Accessible.role: Accessible.Row
        onActed: {
            list.currentIndex = row.index;
            table.chosen(row.model[table.keyRole]);
        }

        Rectangle {
            anchors.fill: parent
            color: row.down ? Theme.quietDown : row.ListView.isCurrentItem ? Theme.selectedRow : row.index % 2 ? Theme.card : Theme.stripe
        }

        Rectangle {
            visible: row.ListView.isCurrentItem
            width: Theme.mm(1)
            height: parent.height
            color: Theme.primary
        }

        Row {
            x: Theme.mm(2)
            height: parent.height

            Repeater {
                model: table.columns

                Item {
                    id: cell

                    required property var modelData
                    required property int index
                    readonly property string text: modelData.word ? modelData.word(row.model[modelData.role]) : row.model[modelData.role] ?? ""

                    width: table.columnWidth(modelData.share)
                    height: row.height

                    Words {
                        anchors.fill: parent
                        anchors.leftMargin: table.startOf(cell.index)
                        anchors.rightMargin: Theme.mm(2)
                        visible: !cell.modelData.pill
                        text: cell.text
                        strong: cell.modelData.strong ?? false
                        horizontalAlignment: cell.modelData.right ? Text.AlignRight : Text.AlignLeft
                        wrapMode: Text.NoWrap
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }

                    StatusPill {
                        x: table.startOf(cell.index)
                        anchors.verticalCenter: parent.verticalCenter
                        visible: !!cell.modelData.pill
                        kind: cell.modelData.pill ? row.model[cell.modelData.pill] ?? "" : ""
                        text: cell.text
                    }
                }
            }
        }
    }
}
