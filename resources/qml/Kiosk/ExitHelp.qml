// The desk has been rung, told on the exit's glass.
import Kiosk

HelpPage {
    id: page

    required property ExitScreen exit

    objectName: "page_help"
    languages: page.exit.session.languages
    language: page.exit.session.language
    phone: page.exit.helpPhone
    kioskNumber: page.exit.kioskNumber
    laneSign: page.exit.isSettled ? page.exit.laneSign : ""
    onBack: page.exit.back()
    onHelpWanted: page.exit.help()
    onLanguageChosen: code => page.exit.session.speak(code)
}
