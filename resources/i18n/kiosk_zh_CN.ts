<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AreaCard</name>
    <message>
        <source>free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 free, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>full</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BarrierSign</name>
    <message>
        <source>Opening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help is coming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DataTable</name>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DurationChooser</name>
    <message>
        <source>How long: %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HelpButton</name>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Number pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LaneStrip</name>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LevelPlan</name>
    <message>
        <source>Plan of level %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Level before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PageFrame</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Pay</name>
    <message>
        <source>Nothing was charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No wallet belongs to this pass.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold the pass to the reader, or type its code again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The wallet holds {balance}; {missing} are missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top it up at the desk, or pay another way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The payment was declined.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please try another card or another way to pay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Card payment cannot be reached at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please pay with a pass, or try again in a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We are checking.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You will not pay twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please wait for the answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PIN does not match this pass.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please type the PIN again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PIN did not match several times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For your safety please wait {time}, then type it again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlanLegend</name>
    <message>
        <source>Free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not for you</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlateField</name>
    <message>
        <source>Your number plate</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlateKeyboard</name>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plate keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QrPicture</name>
    <message>
        <source>QR ticket %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SpaceCard</name>
    <message>
        <source>Best for you</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 of 5: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StillThere</name>
    <message>
        <source>Otherwise this screen starts again. Nothing is paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Are you still there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, I need more time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No, end now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
