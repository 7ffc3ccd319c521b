#!/usr/bin/env python3
"""Checks an N42 file of a portal passage against ANSI N42.42-2011, as written down here by hand.

    check_n42.py FILE SAMPLES none|own|portal Success|Failure

Order and number of elements, identifiers and references, durations, times; then that the passage
has so many samples, these alarms and this status. Prints what is wrong; exit 1 then.
"""

import re
import sys
import xml.etree.ElementTree as tree

SPACE = "{http://physics.nist.gov/N42/2011/N42}"
# Element: its children in order, as (name, least, most).
MANY = 10**9
CONTENT = {
    "RadInstrumentData": [
        ("RadInstrumentDataCreatorName", 0, 1), ("RadInstrumentInformation", 1, 1),
        ("RadDetectorInformation", 1, MANY), ("RadItemInformation", 0, MANY),
        ("RadMeasurementGroup", 0, MANY), ("RadMeasurement", 0, MANY), ("AnalysisResults", 0, MANY)],
    "RadInstrumentInformation": [
        ("RadInstrumentManufacturerName", 1, 1), ("RadInstrumentIdentifier", 0, 1),
        ("RadInstrumentModelName", 1, 1), ("RadInstrumentDescription", 0, 1),
        ("RadInstrumentClassCode", 1, 1), ("RadInstrumentVersion", 1, MANY)],
    "RadInstrumentVersion": [
        ("RadInstrumentComponentName", 1, 1), ("RadInstrumentComponentVersion", 1, 1)],
    "RadDetectorInformation": [
        ("RadDetectorName", 0, 1), ("RadDetectorCategoryCode", 1, 1), ("RadDetectorKindCode", 1, 1),
        ("RadDetectorDescription", 0, 1)],
    "RadItemInformation": [("RadItemDescription", 0, 1)],
    "RadMeasurementGroup": [("RadMeasurementGroupDescription", 0, 1)],
    "RadMeasurement": [
        ("Remark", 0, MANY), ("MeasurementClassCode", 1, 1), ("StartDateTime", 1, 1),
        ("RealTimeDuration", 1, 1), ("GrossCounts", 0, MANY), ("OccupancyIndicator", 0, 1)],
    "GrossCounts": [("LiveTimeDuration", 1, 1), ("CountData", 1, 1)],
    "AnalysisResults": [
        ("AnalysisAlgorithmName", 0, 1), ("AnalysisAlgorithmDescription", 0, 1),
        ("AnalysisAlgorithmVersion", 0, MANY), ("AnalysisResultStatusCode", 0, 1),
        ("AnalysisResultDescription", 0, 1), ("RadAlarm", 0, MANY),
        ("GrossCountAnalysisResults", 0, 1)],
    "AnalysisAlgorithmVersion": [
        ("AnalysisAlgorithmComponentName", 1, 1), ("AnalysisAlgorithmComponentVersion", 1, 1)],
    "RadAlarm": [
        ("RadAlarmDateTime", 0, 1), ("RadAlarmCategoryCode", 1, 1), ("RadAlarmDescription", 0, 1)],
    "GrossCountAnalysisResults": [("BackgroundCountRateValue", 0, 1)],
}
CODES = {
    "RadInstrumentClassCode": {"Portal Monitor"},
    "RadDetectorCategoryCode": {"Gamma", "Neutron"},
    "RadDetectorKindCode": {"Other"},
    "MeasurementClassCode": {"Foreground", "Background"},
    "RadAlarmCategoryCode": {"Gamma", "Neutron"},
    "AnalysisResultStatusCode": {"Success", "Failure"},
    "OccupancyIndicator": {"0", "1"},
}
NEED_ID = {"RadInstrumentInformation", "RadDetectorInformation", "RadItemInformation",
           "RadMeasurementGroup", "RadMeasurement", "GrossCounts"}
REFERENCES = {"radDetectorInformationReference": "RadDetectorInformation",
              "radDetectorInformationReferences": "RadDetectorInformation",
              "radMeasurementGroupReferences": "RadMeasurementGroup",
              "radItemInformationReferences": "RadItemInformation",
              "radMeasurementReferences": "RadMeasurement"}
wrong = []


def name_of(element):
    if not element.tag.startswith(SPACE):
        wrong.append(f"{element.tag}: not of the N42 namespace")
    return element.tag.removeprefix(SPACE)


def check(element, ids):
    name = name_of(element)
    children = [name_of(child) for child in element]
    if name not in CONTENT:
        if children:
            wrong.append(f"{name}: has children")
        text = (element.text or "").strip()
        if name in CODES and text not in CODES[name]:
            wrong.append(f"{name}: {text!r}")
        if name.endswith("Duration") and not re.fullmatch(r"PT\d+(\.\d+)?S", text):
            wrong.append(f"{name}: {text!r}")
        if name.endswith("DateTime") and not re.fullmatch(
                r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text):
            wrong.append(f"{name}: {text!r}")
        if name == "CountData" and not re.fullmatch(r"\d+(\.\d+)?", text):
            wrong.append(f"{name}: {text!r}")
        return
    at = 0
    for child, least, most in CONTENT[name]:
        count = 0
        while at < len(children) and children[at] == child:
            at += 1
            count += 1
        if not least <= count <= most:
            wrong.append(f"{name}: {count} of {child}")
    if at < len(children):
        wrong.append(f"{name}: {children[at]} is not expected there")
    if name in NEED_ID and "id" not in element.attrib:
        wrong.append(f"{name}: has no id")
    if name == "GrossCounts" and "radDetectorInformationReference" not in element.attrib:
        wrong.append("GrossCounts: names no detector")
    if name == "RadAlarm" and "radDetectorInformationReferences" not in element.attrib:
        wrong.append("RadAlarm: names no detector")
    for attribute, target in REFERENCES.items():
        listed = element.attrib.get(attribute, "").split()
        if len(set(listed)) != len(listed):
            wrong.append(f"{name}: {attribute}: one twice")
        for one in listed:
            if ids.get(one) != target:
                wrong.append(f"{name}: {attribute}: {one} is no {target}")
    for child in element:
        check(child, ids)


def main():
    path, samples, alarms, status = sys.argv[1:5]
    root = tree.parse(path).getroot()
    ids = {}
    for element in root.iter():
        one = element.attrib.get("id")
        if one is None:
            continue
        if one in ids:
            wrong.append(f"id {one}: twice")
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9._-]*", one):
            wrong.append(f"id {one}: no XML name")
        ids[one] = element.tag.removeprefix(SPACE)
    if root.tag != SPACE + "RadInstrumentData":
        wrong.append(f"root is {root.tag}")
    check(root, ids)

    foreground = [m for m in root.findall(SPACE + "RadMeasurement")
                  if m.findtext(SPACE + "MeasurementClassCode") == "Foreground"]
    if len(foreground) != int(samples):
        wrong.append(f"{len(foreground)} samples, {samples} expected")
    results = root.find(SPACE + "AnalysisResults")
    found = [a.findtext(SPACE + "RadAlarmCategoryCode") for a in results.findall(SPACE + "RadAlarm")]
    expected = {"none": [], "own": ["Gamma", "Gamma", "Neutron"], "portal": ["Gamma", "Neutron"]}
    if found != expected[alarms]:
        wrong.append(f"alarms {found}")
    if results.findtext(SPACE + "AnalysisResultStatusCode") != status:
        wrong.append(f"status is not {status}")
    # What was taken with beam on is marked and judged by nobody.
    judged = results.attrib.get("radMeasurementReferences", "").split()
    for measurement in foreground:
        marked = measurement.find(SPACE + "Remark") is not None
        if marked == (measurement.attrib["id"] in judged):
            wrong.append(f"{measurement.attrib['id']}: judged and marked do not fit")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
