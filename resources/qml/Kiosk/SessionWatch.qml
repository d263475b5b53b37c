// Tells the session of every touch, and asks "Still there?" over whatever is shown (ux 24).
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk
import Parts

Item {
    id: watch

    required property Session session
    required property string consequence

    PointHandler {
        onActiveChanged: {
            if (active)
                watch.session.touched();
        }
    }

    Loader {
        anchors.fill: parent
        active: watch.session.isAsking

        sourceComponent: StillThere {
            objectName: "page_still_there"
            secondsLeft: watch.session.secondsLeft
            leftPermille: watch.session.leftPermille
            consequence: watch.consequence
            onStayed: watch.session.stay()
            onEnded: watch.session.leave()
        }
    }
}
