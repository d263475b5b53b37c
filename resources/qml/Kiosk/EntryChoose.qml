// The plan of the level: take a space, or the best one (step 2).
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_choose"
    title: qsTr("Which space?")
    step: 2
    split: 0.66

    LevelPlan {
        objectName: "plan"
        anchors.fill: parent
        anchors.topMargin: Theme.gap
        tiles: page.entry.choice.tiles
        aisles: page.entry.choice.aisles
        hasNotFitting: page.entry.choice.hasMisfits
        features: page.entry.choice.painted
        floorWidthMm: page.entry.choice.floorWidthMm
        floorHeightMm: page.entry.choice.floorDepthMm
        levelName: page.entry.choice.areaName
        levelNote: page.entry.choice.idleCount === 1 ? qsTr("1 space free for %1").arg(page.entry.choice.window) : qsTr("%1 spaces free for %2").arg(page.entry.choice.idleCount).arg(page.entry.choice.window)
        onChosen: key => page.entry.choice.choose(key)
    }

    controls: [
        Item {
            anchors.fill: parent

            Row {
                id: walk

                readonly property real side: Theme.mm(30)

                y: Theme.gapWide
                width: parent.width
                height: Theme.mm(42)
                spacing: Theme.gap

                Key {
                    objectName: "previous_space"
                    width: walk.side
                    height: parent.height
                    label: qsTr("Space before")
                    sign: "left"
                    onActed: page.entry.choice.choose_previous()
                }

                Rectangle {
                    width: parent.width - 2 * (walk.side + walk.spacing)
                    height: parent.height
                    radius: Theme.radius
                    color: Theme.card

                    Rectangle {
                        id: label

                        x: Theme.mm(3)
                        y: x
                        width: Theme.mm(56)
                        height: parent.height - 2 * y
                        radius: Theme.radius
                        color: page.entry.choice.hasChoice ? Theme.accent : Theme.good

                        Words {
                            objectName: "chosen_space"
                            anchors.fill: parent
                            anchors.margins: Theme.mm(3)
                            text: page.entry.choice.hasChoice ? page.entry.choice.spaceLabel : page.entry.choice.bestLabel
                            size: Theme.cap(16)
                            strong: true
                            color: page.entry.choice.hasChoice ? Theme.accentInk : Theme.goodInk
                            horizontalAlignment: Text.AlignHCenter
                            fontSizeMode: Text.Fit
                            minimumPixelSize: Theme.small
                            wrapMode: Text.NoWrap
                        }
                    }

                    Column {
                        anchors.left: label.right
                        anchors.right: parent.right
                        anchors.leftMargin: Theme.gapWide
                        anchors.rightMargin: Theme.gap
                        anchors.verticalCenter: parent.verticalCenter
                        spacing: Theme.mm(1)

                        Words {
                            objectName: "choice_price"
                            width: parent.width
                            text: page.entry.choice.price
                            size: Theme.figure
                            strong: true
                            lineHeight: 0.9
                            fontSizeMode: Text.HorizontalFit
                            minimumPixelSize: Theme.body
                            wrapMode: Text.NoWrap
                        }

                        Words {
                            width: parent.width
                            text: !page.entry.choice.hasChoice || page.entry.choice.isBest ? qsTr("Best for you") : page.entry.choice.leaveBy === "" ? "" : qsTr("Free until %1").arg(page.entry.choice.leaveBy)
                            size: Theme.label
                            strong: true
                            color: Theme.good
                            maximumLineCount: 1
                            fontSizeMode: Text.HorizontalFit
                            minimumPixelSize: Theme.small
                        }
                    }
                }

                Key {
                    objectName: "next_space"
                    width: walk.side
                    height: parent.height
                    label: qsTr("Next space")
                    sign: "right"
                    onActed: page.entry.choice.choose_next()
                }
            }

            BigButton {
                objectName: "take"
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.margin
                width: parent.width
                height: Theme.mm(32)
                size: Theme.title
                sign: page.entry.choice.hasChoice ? "tick" : "star"
                forward: true
                label: page.entry.choice.hasChoice ? qsTr("Take space %1").arg(page.entry.choice.spaceLabel) : qsTr("Take the best one for me")
                onActed: page.entry.take()
            }
        }
    ]
}
