// The space that was chosen one page before, kept in sight.
import QtQuick
import Kiosk
import Parts
import Theme

Item {
    id: chosen

    required property SpaceChoice choice

    Rectangle {
        id: board

        anchors.bottom: parent.bottom
        width: Theme.mm(44)
        height: Theme.mm(24)
        radius: Theme.radius
        color: Theme.accent

        Words {
            objectName: "plate_space"
            anchors.fill: parent
            anchors.margins: Theme.mm(2)
            text: chosen.choice.spaceLabel
            size: Theme.title
            strong: true
            color: Theme.accentInk
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
        }
    }

    Column {
        anchors.left: board.right
        anchors.leftMargin: Theme.gapWide
        anchors.right: parent.right
        anchors.verticalCenter: board.verticalCenter

        Words {
            width: parent.width
            text: chosen.choice.areaName
            size: Theme.label
            strong: true
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
        }

        Words {
            width: parent.width
            text: chosen.choice.window
            size: Theme.label
            color: Theme.inkQuiet
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small
            wrapMode: Text.NoWrap
        }
    }
}
