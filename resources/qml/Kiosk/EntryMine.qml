// The driver's own ticket on the entry's glass.
import Kiosk

MineMain {
    required property EntryScreen entry

    mine: entry.mine
}
