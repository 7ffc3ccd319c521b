<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>IdentityCard</name>
    <message numerus="yes">
        <source>%n more item(s)</source>
        <translation>
            <numerusform>%n more item</numerusform>
            <numerusform>%n more items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImageArea</name>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%n column</numerusform>
            <numerusform>%n columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::CaseModel</name>
    <message numerus="yes">
        <source>%n declaration(s) name this vehicle; the documents must tell which one holds</source>
        <translation>
            <numerusform>%n declaration names this vehicle; the documents must tell whether it holds</numerusform>
            <numerusform>%n declarations name this vehicle; the documents must tell which one holds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Findings, %n to answer</source>
        <translation>
            <numerusform>Findings, %n to answer</numerusform>
            <numerusform>Findings, %n to answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %n declaration(s) that name this vehicle belongs to it, says %1</source>
        <translation>
            <numerusform>The %n declaration that names this vehicle does not belong to it, says %1</numerusform>
            <numerusform>None of the %n declarations that name this vehicle belongs to it, says %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Chosen by %1 among %n declaration(s)</source>
        <translation>
            <numerusform>Chosen by %1 among %n declaration</numerusform>
            <numerusform>Chosen by %1 among %n declarations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::DeclarationModel</name>
    <message numerus="yes">
        <source>and %n more item(s)</source>
        <translation>
            <numerusform>and %n more item</numerusform>
            <numerusform>and %n more items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::InspectModel</name>
    <message numerus="yes">
        <source>%n inspection(s) wait</source>
        <translation>
            <numerusform>%n inspection waits</numerusform>
            <numerusform>%n inspections wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::LaneModel</name>
    <message numerus="yes">
        <source>%n truck(s)</source>
        <translation>
            <numerusform>%n truck</numerusform>
            <numerusform>%n trucks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::OperateController</name>
    <message numerus="yes">
        <source>Answer all %n finding(s) first.</source>
        <translation>
            <numerusform>Answer the finding first.</numerusform>
            <numerusform>Answer all %n findings first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::QueueModel</name>
    <message numerus="yes">
        <source>last %n day(s)</source>
        <translation>
            <numerusform>last day</numerusform>
            <numerusform>last %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %n of more case(s)</source>
        <translation>
            <numerusform>The newest case of several</numerusform>
            <numerusform>The newest %n of more cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::SuperviseModel</name>
    <message numerus="yes">
        <source>%n case(s) wait, the oldest for %1</source>
        <translation>
            <numerusform>%n case waits, for %1</numerusform>
            <numerusform>%n cases wait, the oldest for %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>words</name>
    <message numerus="yes">
        <source>%1 barrel(s)</source>
        <translation>
            <numerusform>%1 barrel</numerusform>
            <numerusform>%1 barrels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 bag(s)</source>
        <translation>
            <numerusform>%1 bag</numerusform>
            <numerusform>%1 bags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 box(es)</source>
        <translation>
            <numerusform>%1 box</numerusform>
            <numerusform>%1 boxes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 crate(s)</source>
        <translation>
            <numerusform>%1 crate</numerusform>
            <numerusform>%1 crates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 case(s)</source>
        <translation>
            <numerusform>%1 case</numerusform>
            <numerusform>%1 cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 carton(s)</source>
        <translation>
            <numerusform>%1 carton</numerusform>
            <numerusform>%1 cartons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 drum(s)</source>
        <translation>
            <numerusform>%1 drum</numerusform>
            <numerusform>%1 drums</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 packet(s)</source>
        <translation>
            <numerusform>%1 packet</numerusform>
            <numerusform>%1 packets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 parcel(s)</source>
        <translation>
            <numerusform>%1 parcel</numerusform>
            <numerusform>%1 parcels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 package(s)</source>
        <translation>
            <numerusform>%1 package</numerusform>
            <numerusform>%1 packages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 pallet(s)</source>
        <translation>
            <numerusform>%1 pallet</numerusform>
            <numerusform>%1 pallets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 roll(s)</source>
        <translation>
            <numerusform>%1 roll</numerusform>
            <numerusform>%1 rolls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 sack(s)</source>
        <translation>
            <numerusform>%1 sack</numerusform>
            <numerusform>%1 sacks</numerusform>
        </translation>
    </message>
</context>
</TS>
