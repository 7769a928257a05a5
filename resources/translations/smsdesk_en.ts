<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BulkBar</name>
    <message numerus="yes">
        <source>%n message(s) selected</source>
        <translation>
            <numerusform>%n message selected</numerusform>
            <numerusform>%n messages selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) will change: {name}</source>
        <translation>
            <numerusform>%n message will change: {name}</numerusform>
            <numerusform>%n messages will change: {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n stay(s) as it is</source>
        <translation>
            <numerusform>  ·  %n stays as it is</numerusform>
            <numerusform>  ·  %n stay as they are</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CalendarPanel</name>
    <message numerus="yes">
        <source>%n or more a day (own line, not the law&apos;s)</source>
        <translation>
            <numerusform>%n or more a day (own line, not the law&apos;s)</numerusform>
            <numerusform>%n or more a day (own line, not the law&apos;s)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them at night</source>
        <translation>
            <numerusform>%n of them at night</numerusform>
            <numerusform>%n of them at night</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{name}: %n message(s)</source>
        <translation>
            <numerusform>{name}: %n message</numerusform>
            <numerusform>{name}: %n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DossierPanel</name>
    <message numerus="yes">
        <source>%n number(s) placed by you</source>
        <translation>
            <numerusform>%n number placed by you</numerusform>
            <numerusform>%n numbers placed by you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>signature {name}: %n number(s)</source>
        <translation>
            <numerusform>signature {name}: %n number</numerusform>
            <numerusform>signature {name}: %n numbers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>number {number} in the texts: %n number(s)</source>
        <translation>
            <numerusform>number {number} in the texts: %n number</numerusform>
            <numerusform>number {number} in the texts: %n numbers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{from}:00 to {to}:00: %n message(s)</source>
        <translation>
            <numerusform>{from}:00 to {to}:00: %n message</numerusform>
            <numerusform>{from}:00 to {to}:00: %n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDesk</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>%n volume</numerusform>
            <numerusform>%n volumes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sent to the printer: %n page(s), copies: {copies}</source>
        <translation>
            <numerusform>Sent to the printer: %n page, copies: {copies}</numerusform>
            <numerusform>Sent to the printer: %n pages, copies: {copies}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportPlace</name>
    <message numerus="yes">
        <source>%n page(s) in A4</source>
        <translation>
            <numerusform>%n page in A4</numerusform>
            <numerusform>%n pages in A4</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message numerus="yes">
        <source>May fall under %n provision(s)</source>
        <translation>
            <numerusform>May fall under %n provision</numerusform>
            <numerusform>May fall under %n provisions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoundStrip</name>
    <message numerus="yes">
        <source>%n found here</source>
        <translation>
            <numerusform>%n found here</numerusform>
            <numerusform>%n found here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All messages: %n</source>
        <translation>
            <numerusform>All messages: %n</numerusform>
            <numerusform>All messages: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HoursPanel</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{name}: %n message(s)</source>
        <translation>
            <numerusform>{name}: %n message</numerusform>
            <numerusform>{name}: %n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Whose phone do these %n item(s) come from?</source>
        <translation>
            <numerusform>Whose phone does this item come from?</numerusform>
            <numerusform>Whose phone do these %n items come from?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) have the same date</source>
        <translation>
            <numerusform>%n file has a date of its own</numerusform>
            <numerusform>%n files have the same date</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportTray</name>
    <message numerus="yes">
        <source>Read %n picture(s) on</source>
        <translation>
            <numerusform>Read %n picture on</numerusform>
            <numerusform>Read %n pictures on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) set aside</source>
        <translation>
            <numerusform>%n file set aside</numerusform>
            <numerusform>%n files set aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Storing %n file(s)</source>
        <translation>
            <numerusform>Storing %n file</numerusform>
            <numerusform>Storing %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JoinBar</name>
    <message numerus="yes">
        <source>%n message(s) on both screenshots</source>
        <translation>
            <numerusform>%n message on both screenshots</numerusform>
            <numerusform>%n messages on both screenshots</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n picture(s) are stored but not read yet.</source>
        <translation>
            <numerusform>%n picture is stored but not read yet.</numerusform>
            <numerusform>%n pictures are stored but not read yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageFacts</name>
    <message numerus="yes">
        <source>%n place(s) repaired</source>
        <translation>
            <numerusform>%n place repaired</numerusform>
            <numerusform>%n places repaired</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageRowDelegate</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful</source>
        <comment>characters</comment>
        <translation>
            <numerusform>%n doubtful</numerusform>
            <numerusform>%n doubtful</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MissingList</name>
    <message numerus="yes">
        <source>Still to see to (%n)</source>
        <translation>
            <numerusform>Still to see to (%n)</numerusform>
            <numerusform>Still to see to (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n</source>
        <translation>
            <numerusform>Show all %n</numerusform>
            <numerusform>Show all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NarrowedStrip</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NumbersPlace</name>
    <message numerus="yes">
        <source>%n number(s) belong to</source>
        <translation>
            <numerusform>%n number belongs to</numerusform>
            <numerusform>%n numbers belong to</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>take %n number(s) out of their institution</source>
        <translation>
            <numerusform>take %n number out of their institution</numerusform>
            <numerusform>take %n numbers out of their institution</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) to institution {name}</source>
        <translation>
            <numerusform>%n number to institution {name}</numerusform>
            <numerusform>%n numbers to institution {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadingPanel</name>
    <message numerus="yes">
        <source>Confirm %n and go on  Enter</source>
        <comment>findings</comment>
        <translation>
            <numerusform>Confirm %n and go on  Enter</numerusform>
            <numerusform>Confirm %n and go on  Enter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemovalBar</name>
    <message numerus="yes">
        <source>%n original(s) taken out: put back…</source>
        <translation>
            <numerusform>%n original taken out: put back…</numerusform>
            <numerusform>%n originals taken out: put back…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPlace</name>
    <message numerus="yes">
        <source>confirm %n finding(s)</source>
        <translation>
            <numerusform>confirm %n finding</numerusform>
            <numerusform>confirm %n findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StraysBar</name>
    <message numerus="yes">
        <source>Put %n message(s) into the conversation of {number}</source>
        <translation>
            <numerusform>Put this message into the conversation of {number}</numerusform>
            <numerusform>Put these %n messages into the conversation of {number}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelinePlace</name>
    <message numerus="yes">
        <source>All, %n message(s)</source>
        <translation>
            <numerusform>All, %n message</numerusform>
            <numerusform>All, %n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrustDesk</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TwinDesk</name>
    <message numerus="yes">
        <source>Messages on %n screenshot(s): {names}</source>
        <translation>
            <numerusform>Messages on %n screenshot: {names}</numerusform>
            <numerusform>Messages on %n screenshots: {names}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnitingBar</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) will be to: {recipient}</source>
        <translation>
            <numerusform>%n message will be to: {recipient}</numerusform>
            <numerusform>%n messages will be to: {recipient}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) will be one conversation</source>
        <translation>
            <numerusform>%n message will be one conversation</numerusform>
            <numerusform>%n messages will be one conversation</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seen in both will be counted once</source>
        <translation>
            <numerusform>%n seen in both will be counted once</numerusform>
            <numerusform>%n seen in both will be counted once</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WishForm</name>
    <message numerus="yes">
        <source>All messages (%n)</source>
        <translation>
            <numerusform>All messages (%n)</numerusform>
            <numerusform>All messages (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only key messages (%n)</source>
        <translation>
            <numerusform>Only key messages (%n)</numerusform>
            <numerusform>Only key messages (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only those with a confirmed finding (%n)</source>
        <translation>
            <numerusform>Only those with a confirmed finding (%n)</numerusform>
            <numerusform>Only those with a confirmed finding (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The present view and search (%n)</source>
        <translation>
            <numerusform>The present view and search (%n)</numerusform>
            <numerusform>The present view and search (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Those selected in the review (%n)</source>
        <translation>
            <numerusform>Those selected in the review (%n)</numerusform>
            <numerusform>Those selected in the review (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message numerus="yes">
        <source>Exported: %n page(s), {messages} of {all} messages</source>
        <translation>
            <numerusform>Exported: %n page, {messages} of {all} messages</numerusform>
            <numerusform>Exported: %n pages, {messages} of {all} messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Counts</name>
    <message numerus="yes">
        <source>%n number(s)</source>
        <translation>
            <numerusform>%n number</numerusform>
            <numerusform>%n numbers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <comment>beside other things</comment>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n screenshot(s)</source>
        <translation>
            <numerusform>%n screenshot</numerusform>
            <numerusform>%n screenshots</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_ImportWords</name>
    <message numerus="yes">
        <source>Imported %n picture(s)</source>
        <translation>
            <numerusform>Imported %n picture</numerusform>
            <numerusform>Imported %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n there already</source>
        <translation>
            <numerusform>%n there already</numerusform>
            <numerusform>%n there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%n could not be read</numerusform>
            <numerusform>%n could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) recognised</source>
        <translation>
            <numerusform>%n message recognised</numerusform>
            <numerusform>%n messages recognised</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n to review in the case</source>
        <translation>
            <numerusform>, %n to review in the case</numerusform>
            <numerusform>, %n to review in the case</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to review</source>
        <translation>
            <numerusform>%n to review</numerusform>
            <numerusform>%n to review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with doubtful characters</source>
        <translation>
            <numerusform>%n with doubtful characters</numerusform>
            <numerusform>%n with doubtful characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) not read yet</source>
        <translation>
            <numerusform>%n picture not read yet</numerusform>
            <numerusform>%n pictures not read yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n set aside</source>
        <translation>
            <numerusform>%n set aside</numerusform>
            <numerusform>%n set aside</numerusform>
        </translation>
    </message>
</context>
</TS>
