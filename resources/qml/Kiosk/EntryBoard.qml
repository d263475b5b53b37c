// An area on the first page, as a sign: how many spaces are free, its name, what a block costs.
import QtQuick
import Parts
import Theme

Rectangle {
    id: board

    required property string name
    required property string count
    required property string rate
    required property string cap
    required property bool is_full
    // With many areas there is no room for a word under its figure.
    readonly property bool isFlat: height < Theme.mm(44)

    radius: Theme.radius
    color: Theme.card
    border.width: Theme.line
    border.color: Theme.rule
    Accessible.role: Accessible.StaticText
    Accessible.name: board.is_full ? qsTr("%1: full").arg(board.name) : qsTr("%1: %2 free").arg(board.name).arg(board.count)

    Rectangle {
        id: figure

        x: Theme.mm(3)
        y: x
        width: Theme.mm(52)
        height: parent.height - 2 * y
        radius: Theme.radius
        color: board.is_full ? Theme.neutralSoft : Theme.good

        Words {
            width: board.isFlat ? parent.width * 0.48 : parent.width
            height: board.isFlat ? parent.height : parent.height * 0.7
            text: board.is_full ? "–" : board.count
            size: board.isFlat ? Theme.figure : Theme.cap(20)
            strong: true
            color: board.is_full ? Theme.neutralSoftInk : Theme.goodInk
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.body
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Words {
            x: board.isFlat ? parent.width * 0.48 : 0
            y: board.isFlat ? 0 : parent.height * 0.66
            width: board.isFlat ? parent.width * 0.5 : parent.width
            height: board.isFlat ? parent.height : parent.height * 0.3
            text: board.is_full ? qsTr("none free") : qsTr("free")
            size: Theme.label
            strong: true
            color: board.is_full ? Theme.neutralSoftInk : Theme.goodInk
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }

    Column {
        anchors.left: figure.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.gapWide
        anchors.rightMargin: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        spacing: board.isFlat ? 0 : Theme.mm(1)

        Words {
            width: parent.width
            text: board.name
            size: board.isFlat ? Theme.body : Theme.title
            strong: true
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.label
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Words {
            objectName: "area_price"
            width: parent.width
            text: board.isFlat || board.cap === "" ? board.rate : qsTr("%1, %2").arg(board.rate).arg(board.cap)
            size: Theme.label
            color: Theme.inkQuiet
            fontSizeMode: board.isFlat ? Text.HorizontalFit : Text.FixedSize
            minimumPixelSize: Theme.small
            wrapMode: board.isFlat ? Text.NoWrap : Text.Wrap
            maximumLineCount: 2
        }
    }
}
