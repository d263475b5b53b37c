// The driver's own ticket on the exit's glass.
import Kiosk

MineMain {
    required property ExitScreen exit

    mine: exit.mine
}
