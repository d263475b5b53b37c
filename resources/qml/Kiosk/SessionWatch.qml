// Tells the session of every touch, and asks "Still there?" over whatever is shown (ux 24).
import QtQuick
import Kiosk
import Parts

Item {
    id: watch

    required property Session session
    property alias consequence: question.consequence

    PointHandler {
        onActiveChanged: {
            if (active)
                watch.session.touched();
        }
    }

    StillThere {
        id: question
        objectName: "page_still_there"
        anchors.fill: parent
        visible: watch.session.isAsking
        secondsLeft: watch.session.secondsLeft
        leftPermille: watch.session.leftPermille
        onStayed: watch.session.stay()
        onEnded: watch.session.leave()
    }
}
