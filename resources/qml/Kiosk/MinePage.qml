// The frame of every page of a driver's own ticket, at the entry as at the exit.
import QtQuick
import Kiosk
import Parts

PageFrame {
    id: page

    required property MyTicket mine

    title: qsTr("My ticket")
    sign: "ticket"
    cancelLabel: qsTr("Done")
    cancelSign: "tick"
    canGoBack: !page.mine.pay.isUnderway
    canCancel: !page.mine.pay.isUnderway || page.mine.pay.isLong
    languages: page.mine.session.languages
    language: page.mine.session.language
    onBack: page.mine.back()
    onCancelled: page.mine.end()
    onHelpWanted: page.mine.help()
    onLanguageChosen: code => page.mine.session.speak(code)
}
