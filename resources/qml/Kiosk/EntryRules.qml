// The dearest case, the refund and what cancelling costs, before the driver pays (ux 21, 22).
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk
import Parts
import Theme

Item {
    id: rules

    required property ReviewText review
    readonly property string laterRule: review.backInPart === "" ? qsTr("Cancel free until %1. Not here by %2: the first %3 are charged, the rest goes back.").arg(review.backInFullUntil).arg(review.hereBy).arg(review.noShowFee) : qsTr("Cancel free until %1, then %2 back. Not here by %3: the first %4 are charged.").arg(review.backInFullUntil).arg(review.backInPart).arg(review.hereBy).arg(review.noShowFee)

    Column {
        width: parent.width
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(3)

        Repeater {
            model: [
                {
                    name: "refund_rule",
                    sign: "money",
                    text: qsTr("Leave earlier: you pay only the time used, the rest goes back.")
                },
                {
                    name: "dearest_case",
                    sign: "clock",
                    text: qsTr("Until %1 never more than %2; %3.").arg(rules.review.freeUntil).arg(rules.review.price).arg(rules.review.overstay)
                },
                {
                    name: "cancel_rule",
                    sign: "cross",
                    text: rules.review.isLater ? rules.laterRule : qsTr("Free to cancel for %1 after reserving. Not here within %2: the first %3 are charged, the rest goes back.").arg(rules.review.freeToCancelFor).arg(rules.review.noShowAfter).arg(rules.review.noShowFee)
                }
            ]

            Row {
                id: rule

                required property var modelData

                width: parent?.width ?? 0
                spacing: Theme.gapWide

                Sign {
                    anchors.verticalCenter: parent.verticalCenter
                    name: rule.modelData.sign
                    colour: Theme.inkQuiet
                    size: Theme.mm(10)
                }

                Words {
                    objectName: rule.modelData.name
                    anchors.verticalCenter: parent.verticalCenter
                    width: rule.width - Theme.mm(10) - rule.spacing
                    text: rule.modelData.text
                    size: Theme.label
                }
            }
        }
    }
}
