// A car from above, as on the plan of a level, lying along the road.
import QtQuick
import Theme
import Parts

Item {
    id: car

    required property bool facesLeft
    property color colour: Theme.primary

    // The pictogram's car is 44 of its 48 units long.
    Sign {
        anchors.centerIn: parent
        name: "car_top"
        rotation: car.facesLeft ? -90 : 90
        size: Math.round(car.width * 48 / 44)
        colour: car.colour
    }
}
