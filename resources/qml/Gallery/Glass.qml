// Every part of the drivers' glass, one page after the other, with made-up rows to look at.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Theme
import Parts

Window {
    id: root

    required property var tiles
    required property var aisles
    property string language: "en"
    property int page: 0
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
    readonly property bool isChinese: language === "zh_CN"

    objectName: "gallery"
    width: 1080
    height: 1920
    visible: true

    Loader {
        anchors.fill: parent
        sourceComponent: [choosing, plate, number, plan, review, ticket, barrier, still, buttons][root.page]
    }

    Component {
        id: choosing

        PageFrame {
            title: root.isChinese ? "您想停在哪里？停多久？" : "Where and how long?"
            step: 1
            split: 0.46
            languages: root.languages
            language: root.language
            onLanguageChosen: code => root.language = code
            onBack: root.page -= 1

            Column {
                width: parent.width
                spacing: Theme.gapWide

                AreaCard {
                    width: parent.width
                    name: root.isChinese ? "A 区 · 地下一层" : "Area A · Level 1"
                    count: "24"
                    price: root.isChinese ? "每小时 ¥6.00" : "€1.20 an hour"
                    note: root.isChinese ? "有顶棚，距电梯 40 米" : "Covered, 40 m to the lift"
                    selected: true
                }

                AreaCard {
                    width: parent.width
                    name: root.isChinese ? "B 区 · 地下二层" : "Area B · Level 2"
                    count: "108"
                    price: root.isChinese ? "每小时 ¥5.00" : "€1.00 an hour"
                    note: root.isChinese ? "限高 2.10 米" : "Height up to 2.10 m"
                }

                AreaCard {
                    width: parent.width
                    name: root.isChinese ? "C 区 · 地面" : "Area C · Ground"
                    count: "0"
                    full: true
                    price: root.isChinese ? "每小时 ¥4.00" : "€0.80 an hour"
                    note: root.isChinese ? "约 18:00 起有空位" : "Space expected from 18:00"
                }
            }

            controls: [
                DurationChooser {
                    width: parent.width
                    durationText: root.isChinese ? "2小时30分钟" : "2 h 30 min"
                    untilText: root.isChinese ? "至今天 16:35" : "until 16:35 today"
                    presets: [
                        {
                            key: "60",
                            label: root.isChinese ? "1小时" : "1 h",
                            chosen: false
                        },
                        {
                            key: "120",
                            label: root.isChinese ? "2小时" : "2 h",
                            chosen: false
                        },
                        {
                            key: "240",
                            label: root.isChinese ? "4小时" : "4 h",
                            chosen: true
                        },
                        {
                            key: "day",
                            label: root.isChinese ? "全天" : "Day",
                            chosen: false
                        }
                    ]
                },
                BigButton {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Theme.mm(32)
                    size: Theme.title
                    objectName: "show"
                    label: root.isChinese ? "查看合适的车位" : "Show spaces that fit"
                    forward: true
                }
            ]
        }
    }

    Component {
        id: plate

        PageFrame {
            title: root.isChinese ? "您的车牌号" : "Your number plate"
            sign: "plate"
            step: 3
            split: 0.3
            languages: root.languages
            language: root.language

            PlateField {
                y: Theme.mm(10)
                width: parent.width
                plate: root.isChinese ? "" : "M PK 204"
                country: root.isChinese ? "CN" : "latin"
            }

            controls: [
                PlateKeyboard {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    country: root.isChinese ? "CN" : "latin"
                    possible: root.isChinese ? "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云渝藏陕甘青宁新" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567"
                    canAccept: true
                    canCorrect: !root.isChinese
                }
            ]
        }
    }

    Component {
        id: number

        PageFrame {
            title: root.isChinese ? "请输入钱包密码" : "PIN of your wallet"
            sign: "lock"
            step: 4
            split: 0.3
            languages: root.languages
            language: root.language

            Banner {
                y: Theme.mm(8)
                width: parent.width
                kind: "notice"
                text: root.isChinese ? "已读取凭证 ·· 4711" : "Pass ·· 4711 read"
                detail: root.isChinese ? "余额 ¥186.00" : "Balance €42.50"
            }

            controls: [
                Keypad {
                    anchors.bottom: parent.bottom
                    anchors.horizontalCenter: parent.horizontalCenter
                }
            ]
        }
    }

    Component {
        id: plan

        PageFrame {
            title: root.isChinese ? "请选择车位" : "Choose your space"
            step: 2
            split: 0.66
            languages: root.languages
            language: root.language

            LevelPlan {
                hasNotFitting: true
                anchors.fill: parent
                tiles: root.tiles
                aisles: root.aisles
                floorWidthMm: 30000
                floorHeightMm: 34000
                levelName: root.isChinese ? "地下一层" : "Level 1"
                levelNote: root.isChinese ? "24 个车位空闲" : "24 spaces free"
                canPageForth: true
                hasEntrance: true
                entranceXMm: 15000
                entranceYMm: 34000
                northDegrees: 20
            }

            controls: [
                SpaceCard {
                    width: parent.width
                    spaceLabel: "A07"
                    place: root.isChinese ? "地下一层，近电梯" : "Level 1, by the lift"
                    note: root.isChinese ? "步行 40 米" : "40 m on foot"
                    price: root.isChinese ? "¥15.00" : "€3.00"
                    features: ["covered", "charger"]
                    best: true
                },
                BigButton {
                    objectName: "take"
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Theme.mm(32)
                    size: Theme.title
                    label: root.isChinese ? "要车位 A07" : "Take space A07"
                    forward: true
                }
            ]
        }
    }

    Component {
        id: review

        PageFrame {
            title: root.isChinese ? "请核对并付款" : "Check and pay"
            sign: "money"
            step: 4
            split: 0.74
            languages: root.languages
            language: root.language
            banner: Banner {
                width: parent.width
                kind: "offline"
                text: root.isChinese ? "网络中断" : "No connection"
                detail: root.isChinese ? "仍可用钱包付款和出入场。" : "Wallet, entry and exit still work."
            }

            Column {
                width: parent.width

                MoneyLine {
                    width: parent.width
                    sign: "clock"
                    label: root.isChinese ? "今天 14:05 – 16:35" : "Today 14:05 – 16:35"
                    amount: root.isChinese ? "¥15.00" : "€3.00"
                    note: root.isChinese ? "2小时30分钟" : "2 h 30 min"
                }

                MoneyLine {
                    width: parent.width
                    sign: "lock"
                    label: root.isChinese ? "押金" : "Deposit"
                    amount: root.isChinese ? "¥45.00" : "€9.00"
                    note: root.isChinese ? "由停车场托管，余额离场时退还" : "Held in escrow, the rest comes back"
                }

                MoneyLine {
                    width: parent.width
                    label: root.isChinese ? "现在支付" : "You pay now"
                    amount: root.isChinese ? "¥45.00" : "€9.00"
                    total: true
                }

                MoneyLine {
                    width: parent.width
                    sign: "owner"
                    label: root.isChinese ? "业主" : "Owner of the space"
                    amount: root.isChinese ? "¥10.50" : "€2.10"
                    sharePermille: 700
                }

                MoneyLine {
                    width: parent.width
                    sign: "manager"
                    label: root.isChinese ? "物业" : "Property manager"
                    amount: root.isChinese ? "¥3.00" : "€0.60"
                    sharePermille: 200
                }
            }

            controls: [
                BigButton {
                    objectName: "pay"
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Theme.mm(36)
                    size: Theme.title
                    sign: "wallet"
                    label: root.isChinese ? "用钱包支付 ¥45.00" : "Pay €9.00 from wallet"
                }
            ]
        }
    }

    Component {
        id: ticket

        PageFrame {
            title: root.isChinese ? "您的停车票" : "Your ticket"
            sign: "ticket"
            step: 5
            split: 0.72
            canGoBack: false
            languages: root.languages
            language: root.language

            QrPicture {
                anchors.horizontalCenter: parent.horizontalCenter
                side: Theme.mm(150)
                text: "SP1.k7mp2xqa.9f3kq2v7c4m8n5p6r2t3"
                code: "k7mp 2xqa"
                hint: root.isChinese ? "在入口处对准扫码器" : "Hold it to the scanner at the entrance"
            }

            controls: [
                BigButton {
                    objectName: "drive_in"
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Theme.mm(32)
                    size: Theme.title
                    label: root.isChinese ? "完成，去入口" : "Done, drive to the entrance"
                    forward: true
                }
            ]
        }
    }

    Component {
        id: barrier

        Rectangle {
            color: Theme.ground

            Grid {
                anchors.fill: parent
                anchors.margins: Theme.margin
                columns: 1
                spacing: Theme.gapWide

                Repeater {
                    model: ["wait", "drive", "fault"]

                    BarrierSign {
                        required property string modelData
                        width: root.width - 2 * Theme.margin
                        height: (root.height - 2 * Theme.margin - 2 * Theme.gapWide) / 3
                        condition: modelData
                        detail: modelData === "drive" ? (root.isChinese ? "车位 A07，直行" : "Space A07, straight on") : modelData === "fault" ? (root.isChinese ? "道闸未抬起，没有扣款" : "The barrier did not rise. No money moved.") : (root.isChinese ? "正在核对停车票" : "Checking your ticket")
                    }
                }
            }
        }
    }

    Component {
        id: still

        StillThere {
            secondsLeft: "0:24"
            leftPermille: 800
        }
    }

    Component {
        id: buttons

        PageFrame {
            title: root.isChinese ? "按钮" : "Buttons, banners, languages"
            sign: "notice"
            split: 0.55
            languages: root.languages
            language: root.language

            Column {
                width: parent.width
                spacing: Theme.gapWide

                BigButton {
                    objectName: "b1"
                    width: parent.width
                    label: root.isChinese ? "主要操作" : "Primary"
                    forward: true
                }
                BigButton {
                    objectName: "b2"
                    width: parent.width
                    label: root.isChinese ? "次要操作" : "Secondary"
                    kind: "secondary"
                    sign: "search"
                }
                BigButton {
                    objectName: "b3"
                    width: parent.width
                    label: root.isChinese ? "安静操作" : "Quiet"
                    kind: "quiet"
                    sign: "notice"
                }
                BigButton {
                    objectName: "b4"
                    width: parent.width
                    label: root.isChinese ? "危险操作" : "Danger"
                    kind: "danger"
                    sign: "warning"
                }
                BigButton {
                    objectName: "b5"
                    width: parent.width
                    label: root.isChinese ? "不可用" : "Disabled"
                    enabled: false
                }
                LanguageSwitch {
                    width: parent.width
                    height: Theme.mm(26)
                    choices: root.languages
                    current: root.language
                }
            }

            controls: [
                Column {
                    width: parent.width
                    spacing: Theme.gapWide

                    Banner {
                        width: parent.width
                        kind: "outOfOrder"
                        text: root.isChinese ? "入口暂停使用" : "Entrance out of order"
                        detail: root.isChinese ? "请使用 2 号入口，值班员已收到通知。" : "Please use entrance 2. The attendant knows."
                    }
                    Banner {
                        width: parent.width
                        kind: "good"
                        text: root.isChinese ? "已支付 ¥45.00" : "€9.00 paid"
                    }
                    Row {
                        spacing: Theme.gap
                        StatusPill {
                            kind: "good"
                            text: root.isChinese ? "开放" : "Open"
                        }
                        StatusPill {
                            kind: "attention"
                            text: root.isChinese ? "注意" : "Look"
                        }
                        StatusPill {
                            kind: "bad"
                            text: root.isChinese ? "故障" : "Fault"
                        }
                        StatusPill {
                            kind: "neutral"
                            text: root.isChinese ? "空闲" : "Idle"
                        }
                    }
                }
            ]
        }
    }
}
