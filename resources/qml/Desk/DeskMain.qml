// The attendant's window: locked, or at work with the order form above everything.
import QtQuick
import QtQuick.Window
import Theme

Window {
    id: root

    required property DeskScreen desk
    readonly property var languages: [
        {
            code: "en",
            name: "English"
        },
        {
            code: "zh_CN",
            name: "简体中文"
        }
    ]

    objectName: "desk"
    width: 1920
    height: 1080
    visible: true
    title: desk.siteName
    color: Theme.ground
    Component.onCompleted: desk.watch(root)

    WorkView {
        anchors.fill: parent
        visible: root.desk.page !== "locked"
        desk: root.desk
        window: root
        languages: root.languages
    }

    OpenView {
        anchors.fill: parent
        form: root.desk.forms.open
    }

    DeedView {
        anchors.fill: parent
        form: root.desk.forms.stay
    }

    LifeView {
        anchors.fill: parent
        form: root.desk.forms.life
        isInside: root.desk.forms.stay.deeds.includes("left")
        onLostWanted: root.desk.detail.openLost()
    }

    AfterView {
        anchors.fill: parent
        form: root.desk.forms.after
        papers: root.desk.forms.papers
    }

    ExplainView {
        anchors.fill: parent
        form: root.desk.forms.explain
    }

    PayerView {
        anchors.fill: parent
        form: root.desk.forms.payer
    }

    SpaceView {
        anchors.fill: parent
        form: root.desk.forms.space
    }

    LaneOrderView {
        anchors.fill: parent
        form: root.desk.forms.lane
    }

    PayoutView {
        anchors.fill: parent
        form: root.desk.forms.payouts
        attendant: root.desk.attendant
    }

    StaffView {
        anchors.fill: parent
        form: root.desk.forms.staff
    }

    SignInView {
        anchors.fill: parent
        visible: root.desk.page === "locked"
        signIn: root.desk.signIn
        notices: root.desk.notices
        siteName: root.desk.siteName
        time: root.desk.time
        names: root.desk.names
        languages: root.languages
        language: root.desk.language
        window: root
        onLanguageChosen: code => root.desk.chooseLanguage(code)
    }
}
