#include "hmi/models/lane_words.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QHash>
#include <QRegularExpression>
#include <algorithm>
#include <array>
#include <vector>

#include "hmi/models/alarm_words.h"
#include "hmi/models/customs_words.h"
#include "hmi/models/goods_words.h"
#include "hmi/models/image_words.h"
#include "hmi/models/office_words.h"

namespace portcullis::hmi::words {
namespace {

constexpr QChar kFirstStrongIsolate(0x2068), kLeftToRightIsolate(0x2066), kIsolateEnd(0x2069);
constexpr int kDepthMax = 4;  // of sentences within sentences

// Whole sentences, and such with places. A place holds whatever stands there; it is looked up
// itself. Of two that fit the first is taken.
constexpr auto kSentences = std::to_array<const char*>({
    // commands and devices
    QT_TRANSLATE_NOOP("lane", "START"),
    QT_TRANSLATE_NOOP("lane", "STOP"),
    QT_TRANSLATE_NOOP("lane", "RESET"),
    QT_TRANSLATE_NOOP("lane", "WARM_UP"),
    QT_TRANSLATE_NOOP("lane", "CALIBRATE"),
    QT_TRANSLATE_NOOP("lane", "PLC"),
    QT_TRANSLATE_NOOP("lane", "PLC link"),
    QT_TRANSLATE_NOOP("lane", "X-ray source"),
    QT_TRANSLATE_NOOP("lane", "X-ray source details"),
    QT_TRANSLATE_NOOP("lane", "Detector"),
    QT_TRANSLATE_NOOP("lane", "Detector details"),
    QT_TRANSLATE_NOOP("lane", "Radiation portal"),
    QT_TRANSLATE_NOOP("lane", "Portal details"),
    QT_TRANSLATE_NOOP("lane", "Recorder"),
    QT_TRANSLATE_NOOP("lane", "Customs gateway"),
    QT_TRANSLATE_NOOP("lane", "Image worker"),
    QT_TRANSLATE_NOOP("lane", "Audit log"),
    QT_TRANSLATE_NOOP("lane", "Real time"),
    QT_TRANSLATE_NOOP("lane", "not connected"),
    QT_TRANSLATE_NOOP("lane", "not connected yet"),
    QT_TRANSLATE_NOOP("lane", "not ready"),
    QT_TRANSLATE_NOOP("lane", "not known"),
    QT_TRANSLATE_NOOP("lane", "not running"),
    QT_TRANSLATE_NOOP("lane", "not in mode running"),
    QT_TRANSLATE_NOOP("lane", "not calibrated"),
    QT_TRANSLATE_NOOP("lane", "warming up"),
    QT_TRANSLATE_NOOP("lane", "measuring"),
    QT_TRANSLATE_NOOP("lane", "data are stale"),
    QT_TRANSLATE_NOOP("lane", "heartbeat stands still"),
    QT_TRANSLATE_NOOP("lane", "the source reports a fault"),
    QT_TRANSLATE_NOOP("lane", "no answer for %1 s"),
    QT_TRANSLATE_NOOP("lane", "fault word %1"),
    QT_TRANSLATE_NOOP("lane", "memory locked"),
    QT_TRANSLATE_NOOP("lane", "memory not locked, as configured"),
    QT_TRANSLATE_NOOP("lane", "no customs link is configured"),
    QT_TRANSLATE_NOOP("lane", "the customs gateway does not answer"),
    QT_TRANSLATE_NOOP("lane", "the customs gateway gave no answer when the scan was judged"),
    QT_TRANSLATE_NOOP("lane", "%1 entries"),
    QT_TRANSLATE_NOOP("lane", "%1 declarations"),
    QT_TRANSLATE_NOOP("lane", "no answer; scans go on, declarations and answers wait (%1)"),
    QT_TRANSLATE_NOOP("lane", "not configured; findings are made in the lane's own process"),
    // lights, barriers, beam
    QT_TRANSLATE_NOOP("lane", "on"),
    QT_TRANSLATE_NOOP("lane", "off"),
    QT_TRANSLATE_NOOP("lane", "red"),
    QT_TRANSLATE_NOOP("lane", "green"),
    QT_TRANSLATE_NOOP("lane", "open"),
    QT_TRANSLATE_NOOP("lane", "closed"),
    QT_TRANSLATE_NOOP("lane", "moving"),
    QT_TRANSLATE_NOOP("lane", "complete"),
    QT_TRANSLATE_NOOP("lane", "not complete"),
    QT_TRANSLATE_NOOP("lane", "real"),
    QT_TRANSLATE_NOOP("lane", "simulated"),
    QT_TRANSLATE_NOOP("lane", "unknown"),
    QT_TRANSLATE_NOOP("lane", "PLC %1, source %2, detector %3, portal %4"),
    // states
    QT_TRANSLATE_NOOP("lane", "Off: the key is not at on"),
    QT_TRANSLATE_NOOP("lane", "Self-test"),
    QT_TRANSLATE_NOOP("lane", "Source warming up"),
    QT_TRANSLATE_NOOP("lane", "Calibrating: the area is being closed"),
    QT_TRANSLATE_NOOP("lane", "Calibrating: dark, no beam"),
    QT_TRANSLATE_NOOP("lane", "Calibrating: warning before beam"),
    QT_TRANSLATE_NOOP("lane", "Calibrating: air, beam on"),
    QT_TRANSLATE_NOOP("lane", "Idle, lane empty"),
    QT_TRANSLATE_NOOP("lane", "A vehicle drives in"),
    QT_TRANSLATE_NOOP("lane", "Vehicle in the tunnel, being identified"),
    QT_TRANSLATE_NOOP("lane", "Vehicle waits to be scanned"),
    QT_TRANSLATE_NOOP("lane", "Warning, gantry returns to its start"),
    QT_TRANSLATE_NOOP("lane", "Warning before the scan"),
    QT_TRANSLATE_NOOP("lane", "Warning, the vehicle drives on"),
    QT_TRANSLATE_NOOP("lane", "Warning, gantry gathers speed"),
    QT_TRANSLATE_NOOP("lane", "Scanning, the vehicle drives through"),
    QT_TRANSLATE_NOOP("lane", "Scanning, gantry moving back"),
    QT_TRANSLATE_NOOP("lane", "Scanning, gantry moving forward"),
    QT_TRANSLATE_NOOP("lane", "Scan ends, last lines are stored"),
    QT_TRANSLATE_NOOP("lane", "Image in review"),
    QT_TRANSLATE_NOOP("lane", "Vehicle released"),
    QT_TRANSLATE_NOOP("lane", "Vehicle goes to wait in bay %1"),
    QT_TRANSLATE_NOOP("lane", "Vehicle to be scanned again"),
    QT_TRANSLATE_NOOP("lane", "Vehicle isolated"),
    QT_TRANSLATE_NOOP("lane", "Vehicle held for inspection"),
    QT_TRANSLATE_NOOP("lane", "Stopped"),
    QT_TRANSLATE_NOOP("lane", "Fault latched"),
    QT_TRANSLATE_NOOP("lane", "Maintenance"),
    // what comes next
    QT_TRANSLATE_NOOP("lane", "turn the key to on"),
    QT_TRANSLATE_NOOP("lane", "waiting for fresh data of the PLC"),
    QT_TRANSLATE_NOOP("lane", "waiting for the PLC's heartbeat"),
    QT_TRANSLATE_NOOP("lane", "waiting for the PLC to confirm commands"),
    QT_TRANSLATE_NOOP("lane", "waiting for the X-ray source"),
    QT_TRANSLATE_NOOP("lane", "waiting for the detector"),
    QT_TRANSLATE_NOOP("lane", "beam is sensed, or its sensor is not trusted"),
    QT_TRANSLATE_NOOP("lane", "waiting for the record of the last scan to be closed"),
    QT_TRANSLATE_NOOP("lane", "self-test passed"),
    QT_TRANSLATE_NOOP("lane", "self-test passed; the operator starts the warm-up"),
    QT_TRANSLATE_NOOP("lane", "waiting for the source to be ready"),
    QT_TRANSLATE_NOOP("lane", "calibration is under way"),
    QT_TRANSLATE_NOOP("lane", "the detector is not calibrated: calibrate"),
    QT_TRANSLATE_NOOP("lane", "last time: %1"),
    QT_TRANSLATE_NOOP("lane",
                      "no bay is free: the entry stays red until a vehicle has left its bay"),
    QT_TRANSLATE_NOOP("lane", "ready for a vehicle"),
    QT_TRANSLATE_NOOP("lane", "ready; vehicle %1 comes to be scanned again"),
    QT_TRANSLATE_NOOP("lane", "vehicle %1 was sent round to be scanned again and does not come"),
    QT_TRANSLATE_NOOP("lane", "it may be vehicle %1, which was sent round to be scanned again"),
    QT_TRANSLATE_NOOP("lane", "the vehicle drives on to its place"),
    QT_TRANSLATE_NOOP("lane", "the driver stays in the cab; the entry closes"),
    QT_TRANSLATE_NOOP("lane", "the entry closes"),
    QT_TRANSLATE_NOOP("lane", "the driver stops the engine and leaves the cab"),
    QT_TRANSLATE_NOOP("lane", "ready: Start begins the scan"),
    QT_TRANSLATE_NOOP("lane", "the scan before ended: %1"),
    QT_TRANSLATE_NOOP("lane", "the driver drives on; beam follows once the cab is past it"),
    QT_TRANSLATE_NOOP("lane", "motion and beam follow after the warning"),
    QT_TRANSLATE_NOOP("lane", "the scan ends when the vehicle is past the beam"),
    QT_TRANSLATE_NOOP("lane", "the scan ends at the end of the gantry's travel"),
    QT_TRANSLATE_NOOP("lane", "the image comes for review"),
    QT_TRANSLATE_NOOP("lane", "an officer decides"),
    QT_TRANSLATE_NOOP("lane", "the driver returns to the cab"),
    QT_TRANSLATE_NOOP("lane", "the exit opens"),
    QT_TRANSLATE_NOOP("lane", "the vehicle drives to bay %1"),
    QT_TRANSLATE_NOOP("lane", "the vehicle drives on"),
    QT_TRANSLATE_NOOP("lane", "the vehicle drives round to be scanned again"),
    QT_TRANSLATE_NOOP("lane", "the vehicle goes to the inspection place"),
    QT_TRANSLATE_NOOP("lane",
                      "isolated: do not open; another decision is needed to move the vehicle"),
    QT_TRANSLATE_NOOP("lane", "reset is under way"),
    QT_TRANSLATE_NOOP("lane", "cause gone: reset"),
    QT_TRANSLATE_NOOP("lane", "maintenance is ended by command"),
    // the driver's panel
    QT_TRANSLATE_NOOP("lane", "Stop"),
    QT_TRANSLATE_NOOP("lane", "Engine off"),
    QT_TRANSLATE_NOOP("lane", "Leave the cab"),
    QT_TRANSLATE_NOOP("lane", "Stand here"),
    QT_TRANSLATE_NOOP("lane", "Return to the cab"),
    QT_TRANSLATE_NOOP("lane", "Drive on"),
    QT_TRANSLATE_NOOP("lane", "Wait"),
    QT_TRANSLATE_NOOP("lane", "Go to bay %1"),
    QT_TRANSLATE_NOOP("lane", "Drive round to the entry"),
    QT_TRANSLATE_NOOP("lane", "Drive to the inspection place"),
    // why there is no beam
    QT_TRANSLATE_NOOP("lane", "data of the PLC are stale or incomplete"),
    QT_TRANSLATE_NOOP("lane", "the PLC's heartbeat stands still"),
    QT_TRANSLATE_NOOP("lane", "the PLC does not confirm the lane's commands"),
    QT_TRANSLATE_NOOP("lane", "the PLC is not in mode running"),
    QT_TRANSLATE_NOOP(
        "lane", "simulated and real hardware are mixed, or a device has not said which it is"),
    QT_TRANSLATE_NOOP("lane", "an emergency stop is pressed or its chain is open"),
    QT_TRANSLATE_NOOP("lane", "a fault is latched: remove its cause, then reset"),
    QT_TRANSLATE_NOOP("lane", "latched: %1"),
    QT_TRANSLATE_NOOP("lane", "the key is not at on"),
    QT_TRANSLATE_NOOP("lane", "an interlock bypass is active"),
    QT_TRANSLATE_NOOP("lane", "a door is not closed on both channels"),
    QT_TRANSLATE_NOOP("lane", "a light curtain is not clear on both channels"),
    QT_TRANSLATE_NOOP("lane", "a barrier is not closed"),
    QT_TRANSLATE_NOOP("lane", "a person is in the area, or the detection is not trusted"),
    QT_TRANSLATE_NOOP("lane", "the cab is not clear (or, to calibrate, the lane is not empty)"),
    QT_TRANSLATE_NOOP("lane", "no vehicle is certain to be in the tunnel"),
    QT_TRANSLATE_NOOP("lane", "the vehicle is not in its speed band"),
    QT_TRANSLATE_NOOP("lane",
                      "another vehicle is within 10 m upstream, or its sensor is not trusted"),
    QT_TRANSLATE_NOOP("lane", "the search of the area is not complete"),
    QT_TRANSLATE_NOOP("lane", "an area dose monitor has failed or is in alarm"),
    QT_TRANSLATE_NOOP("lane", "high-voltage contactor and trigger inhibit disagree"),
    QT_TRANSLATE_NOOP("lane", "the gantry is outside its limits"),
    QT_TRANSLATE_NOOP("lane", "no fresh answer from the X-ray source"),
    QT_TRANSLATE_NOOP("lane", "the X-ray source is not ready"),
    QT_TRANSLATE_NOOP("lane", "no fresh answer from the detector"),
    QT_TRANSLATE_NOOP("lane", "no room to store a scan"),
    QT_TRANSLATE_NOOP("lane", "the lane runs on battery: no new scan begins"),
    QT_TRANSLATE_NOOP("lane", "the detector is not calibrated"),
    QT_TRANSLATE_NOOP("lane", "there is no beam in this state"),
    QT_TRANSLATE_NOOP("lane", "no Start is given for this vehicle"),
    QT_TRANSLATE_NOOP("lane", "the warning has not run for its time"),
    QT_TRANSLATE_NOOP("lane", "the warning lamp draws no current"),
    QT_TRANSLATE_NOOP("lane",
                      "the gantry is not in its speed band (to calibrate: at a standstill)"),
    QT_TRANSLATE_NOOP("lane", "the driver's cab has not passed the beam"),
    QT_TRANSLATE_NOOP("lane", "the record of the scan is not open"),
    QT_TRANSLATE_NOOP("lane", "the safety PLC does not grant the beam permit"),
    QT_TRANSLATE_NOOP("lane", "the safety PLC does not grant the motion permit"),
    QT_TRANSLATE_NOOP("lane", "contactor or trigger inhibit keep the beam off"),
    QT_TRANSLATE_NOOP("lane", "the detector is not taking lines"),
    // faults
    QT_TRANSLATE_NOOP("lane", "the PLC's data became stale"),
    QT_TRANSLATE_NOOP("lane", "the PLC's heartbeat stood still"),
    QT_TRANSLATE_NOOP("lane", "the PLC did not confirm the lane's commands"),
    QT_TRANSLATE_NOOP("lane", "the safety PLC reported a fault"),
    QT_TRANSLATE_NOOP("lane", "the two channels of a door or curtain differed for more than 0.5 s"),
    QT_TRANSLATE_NOOP("lane",
                      "high-voltage contactor and trigger inhibit differed for more than 0.5 s"),
    QT_TRANSLATE_NOOP("lane", "beam was sensed without a request"),
    QT_TRANSLATE_NOOP("lane", "the warning lamp drew no current with the warning on"),
    QT_TRANSLATE_NOOP("lane", "an area dose monitor failed or gave alarm"),
    QT_TRANSLATE_NOOP("lane", "the X-ray source reported a fault"),
    QT_TRANSLATE_NOOP("lane",
                      "the lane's program had no memory; end other programs on this machine"),
    QT_TRANSLATE_NOOP("lane", "Heartbeat of the lane"),
    // how work ended
    QT_TRANSLATE_NOOP("lane", "stopped by the operator"),
    QT_TRANSLATE_NOOP("lane", "the reset failed: a cause is still present"),
    QT_TRANSLATE_NOOP("lane", "the gantry does not stand still"),
    QT_TRANSLATE_NOOP("lane", "the detector's capture failed"),
    QT_TRANSLATE_NOOP("lane", "the air calibration took longer than allowed"),
    QT_TRANSLATE_NOOP("lane", "the detector could not be armed"),
    QT_TRANSLATE_NOOP("lane", "the dark calibration gave too few lines"),
    QT_TRANSLATE_NOOP("lane", "the source gives no beam"),
    QT_TRANSLATE_NOOP("lane", "the record of the scan could not be opened"),
    QT_TRANSLATE_NOOP("lane", "no scan began within the time of the warning"),
    QT_TRANSLATE_NOOP("lane", "the beam went off by itself"),
    QT_TRANSLATE_NOOP("lane", "the last lines of the scan did not arrive"),
    QT_TRANSLATE_NOOP("lane", "the record of the scan could not be stored"),
    QT_TRANSLATE_NOOP("lane", "the vehicle does not drive on to its place"),
    QT_TRANSLATE_NOOP("lane", "the driver is not seen in the cab, or a barrier does not close"),
    QT_TRANSLATE_NOOP("lane", "the driver does not leave the cab, or a barrier does not close"),
    QT_TRANSLATE_NOOP("lane", "the driver does not return to the cab, or a door stays open"),
    QT_TRANSLATE_NOOP("lane", "the exit does not open"),
    QT_TRANSLATE_NOOP("lane", "the vehicle does not drive out"),
    // refusals
    QT_TRANSLATE_NOOP(
        "lane", "a Start is possible only with a vehicle in the tunnel that waits to be scanned"),
    QT_TRANSLATE_NOOP("lane", "a release needs a second reader here"),
    QT_TRANSLATE_NOOP("lane", "a reset is under way"),
    QT_TRANSLATE_NOOP("lane", "a vehicle without a complete scan cannot be released"),
    QT_TRANSLATE_NOOP("lane", "an emergency stop is still pressed"),
    QT_TRANSLATE_NOOP("lane", "beam is still sensed"),
    QT_TRANSLATE_NOOP("lane", "calibration is possible in Idle only"),
    QT_TRANSLATE_NOOP("lane", "maintenance begins from Off, SelfTest, Stopped or Faulted only"),
    QT_TRANSLATE_NOOP("lane", "no vehicle waits for a decision"),
    QT_TRANSLATE_NOOP("lane", "the decision is not about the scan in review"),
    QT_TRANSLATE_NOOP("lane", "the gantry still moves"),
    QT_TRANSLATE_NOOP("lane", "the key is not at service"),
    QT_TRANSLATE_NOOP("lane", "the lane is not empty"),
    QT_TRANSLATE_NOOP("lane", "the lane is not in maintenance"),
    QT_TRANSLATE_NOOP("lane", "the radiation alarm is open: it must be adjudicated"),
    QT_TRANSLATE_NOOP("lane", "the record of the scan before is not closed yet"),
    QT_TRANSLATE_NOOP("lane", "the self-test has not passed"),
    QT_TRANSLATE_NOOP("lane", "the warning of the scan before has not ended yet"),
    QT_TRANSLATE_NOOP("lane", "there is no scan to repeat"),
    QT_TRANSLATE_NOOP("lane", "there is no valid radiation measurement: it must be adjudicated"),
    QT_TRANSLATE_NOOP("lane", "there is nothing to reset: the lane is neither stopped nor faulted"),
    QT_TRANSLATE_NOOP("lane", "warming up is possible after the self-test and in Idle only"),
    QT_TRANSLATE_NOOP("lane", "no vehicle waits for a decision in this bay"),
    QT_TRANSLATE_NOOP("lane", "the decision is not about the vehicle in this bay"),
    QT_TRANSLATE_NOOP("lane", "the vehicle's way is open already: hold it first"),
    QT_TRANSLATE_NOOP(
        "lane",
        "the vehicle is not in its bay: another agency or an inspection must take the case on"),
    QT_TRANSLATE_NOOP("lane", "the bay is not free"),
    QT_TRANSLATE_NOOP("lane", "too many vehicles are on their way to be scanned again"),
    QT_TRANSLATE_NOOP("lane", "the vehicle is in the lane again: decide on its new scan"),
    QT_TRANSLATE_NOOP("lane",
                      "the vehicle is on its way to be scanned again: another agency or an "
                      "inspection must take the case on"),
    QT_TRANSLATE_NOOP("lane", "the vehicle is no longer in the lane"),
    QT_TRANSLATE_NOOP("lane", "the vehicle does not wait for a decision now"),
    QT_TRANSLATE_NOOP("lane", "the case is decided; its answers stand"),
    QT_TRANSLATE_NOOP("lane", "the case is decided already"),
    QT_TRANSLATE_NOOP("lane", "there is no image to decide on yet"),
    QT_TRANSLATE_NOOP("lane", "say first what you see in the image; the findings appear then"),
    QT_TRANSLATE_NOOP("lane", "the findings are shown already"),
    QT_TRANSLATE_NOOP("lane",
                      "the case is being judged again with the identity that was confirmed"),
    QT_TRANSLATE_NOOP("lane", "the case is decided; its identity stands"),
    QT_TRANSLATE_NOOP("lane", "the case is not judged yet; correct it then"),
    QT_TRANSLATE_NOOP("lane", "a container of this vehicle is decided on already by its number"),
    QT_TRANSLATE_NOOP("lane", "the case has this identity already"),
    QT_TRANSLATE_NOOP("lane", "nobody has said whose vehicle it is; say it, and another confirms"),
    QT_TRANSLATE_NOOP("lane", "another identity was proposed meanwhile; look at it first"),
    QT_TRANSLATE_NOOP("lane", "who said whose vehicle it is does not confirm it; another has to"),
    QT_TRANSLATE_NOOP("lane", "container number %1 has not eleven characters"),
    QT_TRANSLATE_NOOP("lane", "container number %1 does not begin with three letters of its owner"),
    QT_TRANSLATE_NOOP("lane", "container number %1 has none of U, J and Z as its fourth letter"),
    QT_TRANSLATE_NOOP("lane", "container number %1 does not end with seven digits"),
    QT_TRANSLATE_NOOP("lane",
                      "container number %1 has another check digit: a character is not right"),
    QT_TRANSLATE_NOOP("lane", "container number %1 is there twice"),
    QT_TRANSLATE_NOOP("lane", "neither a plate nor a container number is given"),
    QT_TRANSLATE_NOOP("lane", "the random draws of this vehicle are being asked for; try again"),
    QT_TRANSLATE_NOOP("lane", "another decision is being taken"),
    QT_TRANSLATE_NOOP("lane",
                      "the containers of this vehicle are being decided on one by one: decide on "
                      "each that is left"),
    QT_TRANSLATE_NOOP("lane", "container %1 is decided already; decide on the others"),
    QT_TRANSLATE_NOOP("lane", "a decision needs the name of an officer"),
    QT_TRANSLATE_NOOP("lane", "finding %1 is not answered yet"),
    QT_TRANSLATE_NOOP("lane", "%1 reads this case now"),
    QT_TRANSLATE_NOOP("lane", "name or password is not right"),
    QT_TRANSLATE_NOOP("lane", "too many log in at once; try again"),
    QT_TRANSLATE_NOOP("lane", "you have read this case; it waits for another reader"),
    QT_TRANSLATE_NOOP("lane", "no accounts: everyone at this lane's socket may do everything"),
    QT_TRANSLATE_NOOP("lane", "no accounts: everyone at this socket may do everything"),
    QT_TRANSLATE_NOOP("lane",
                      "somebody else changed the marks on this image; look at theirs first"),
    // bays
    QT_TRANSLATE_NOOP("lane", "empty"),
    QT_TRANSLATE_NOOP("lane", "waits for a decision"),
    QT_TRANSLATE_NOOP("lane", "on its way, not decided"),
    QT_TRANSLATE_NOOP("lane", "released, its exit is open"),
    QT_TRANSLATE_NOOP("lane", "to inspection, its exit is open"),
    QT_TRANSLATE_NOOP("lane", "held"),
    QT_TRANSLATE_NOOP("lane", "to be scanned again, its exit is open"),
    QT_TRANSLATE_NOOP("lane", "isolated: stay away, do not open"),
    QT_TRANSLATE_NOOP("lane", "the vehicle is gone, and no decision let it go"),
    QT_TRANSLATE_NOOP("lane", "occupied by a vehicle that was not sent there"),
    QT_TRANSLATE_NOOP("lane", "the vehicle does not arrive"),
    QT_TRANSLATE_NOOP("lane", "the lane was started again with this vehicle in a bay"),
    // the case
    QT_TRANSLATE_NOOP("lane", "import"),
    QT_TRANSLATE_NOOP("lane", "export"),
    QT_TRANSLATE_NOOP("lane", "transit"),
    QT_TRANSLATE_NOOP("lane", "the scan is running"),
    QT_TRANSLATE_NOOP("lane", "the image is being made"),
    QT_TRANSLATE_NOOP("lane", "the lane is not ready for a decision yet"),
    QT_TRANSLATE_NOOP("lane", "Nobody decided in time; the lane put the vehicle on hold."),
    QT_TRANSLATE_NOOP("lane", "put on hold: the time for a decision ran out"),
    QT_TRANSLATE_NOOP("lane", "not carried out: %1"),
    QT_TRANSLATE_NOOP("lane", "decided; the answer to customs is on its way"),
    QT_TRANSLATE_NOOP("lane", "decided; no customs link is configured"),
    QT_TRANSLATE_NOOP("lane", "answer written to customs for %1"),
    QT_TRANSLATE_NOOP("lane", "the record is incomplete: %1"),
    QT_TRANSLATE_NOOP("lane", "not judged again with its identity: %1"),
    QT_TRANSLATE_NOOP("lane", "the record of the scan was cut off"),
    QT_TRANSLATE_NOOP("lane", "the portal saw no passage of this vehicle"),
    QT_TRANSLATE_NOOP("lane", "partial scan: %1"),
    QT_TRANSLATE_NOOP("lane", "partial scan"),
    // checks
    QT_TRANSLATE_NOOP("lane", "Container %1: %2"),
    QT_TRANSLATE_NOOP("lane", "Container %1 is as declared."),
    QT_TRANSLATE_NOOP("lane", "as declared."),
    QT_TRANSLATE_NOOP("lane", "container %1 is empty as declared."),
    QT_TRANSLATE_NOOP("lane", "container %1 is loaded as declared."),
    QT_TRANSLATE_NOOP("lane", "empty as declared."),
    QT_TRANSLATE_NOOP("lane", "loaded as declared."),
    QT_TRANSLATE_NOOP("lane", "declared loaded and looks empty."),
    QT_TRANSLATE_NOOP("lane", "container %1 is declared loaded and looks empty."),
    QT_TRANSLATE_NOOP("lane", "declared empty and holds about %1, %2 % of the side view filled."),
    QT_TRANSLATE_NOOP(
        "lane", "container %1 is declared empty and holds about %2, %3 % of the side view filled."),
    QT_TRANSLATE_NOOP("lane", "Container %1 is not on the declaration, which names %2."),
    QT_TRANSLATE_NOOP("lane", "not on the declaration, which names %1."),
    QT_TRANSLATE_NOOP(
        "lane", "Container %1 is declared; %2 of the same declaration is not on this vehicle."),
    QT_TRANSLATE_NOOP("lane", "declared; %1 of the same declaration is not on this vehicle."),
    QT_TRANSLATE_NOOP("lane",
                      "the load weighs about %1 in the image, %2 less than the %3 declared."),
    QT_TRANSLATE_NOOP("lane",
                      "the load weighs about %1 in the image, %2 more than the %3 declared."),
    QT_TRANSLATE_NOOP(
        "lane", "the load weighs about %1 in the image; no declaration says what it should weigh."),
    QT_TRANSLATE_NOOP("lane", "the load weighs about %1 in the image; %2 declared."),
    QT_TRANSLATE_NOOP("lane", "the load's mass cannot be compared: %1."),
    QT_TRANSLATE_NOOP("lane", "no declaration names it"),
    QT_TRANSLATE_NOOP("lane", "its declarations contradict each other"),
    QT_TRANSLATE_NOOP("lane", "%1, so empty or loaded cannot be compared."),
    QT_TRANSLATE_NOOP("lane",
                      "%1 together declare %2, which the image does not show; %3 alone would "
                      "agree: the documents "
                      "must tell which holds."),
    QT_TRANSLATE_NOOP("lane", "No declaration is known for this vehicle and its containers."),
    QT_TRANSLATE_NOOP("lane", "Declarations could not be asked for: %1."),
    QT_TRANSLATE_NOOP("lane", "There is no declaration to compare with."),
    QT_TRANSLATE_NOOP("lane", "The declaration names no container."),
    QT_TRANSLATE_NOOP("lane", "A container's number was not read: read it by eye."),
    QT_TRANSLATE_NOOP("lane", "No container was found in the image."),
    QT_TRANSLATE_NOOP("lane", "No container was found, so no mass can be compared."),
    QT_TRANSLATE_NOOP("lane", "No container was found, so emptiness cannot be compared."),
    QT_TRANSLATE_NOOP("lane", "Each container has a declaration of its own: %1."),
    QT_TRANSLATE_NOOP("lane", "One declaration, %1."),
    QT_TRANSLATE_NOOP("lane", "No alarm; nothing over background."),
    QT_TRANSLATE_NOOP("lane", "No alarm; at most %1 sigma over background."),
    QT_TRANSLATE_NOOP("lane", "Radiation was not measured: %1."),
    QT_TRANSLATE_NOOP("lane", "The radiation portal gave %1: measure by hand first, unopened."),
    QT_TRANSLATE_NOOP("lane", "gamma alarm, %1 sigma over background"),
    QT_TRANSLATE_NOOP("lane", "gamma and neutron alarm, %1 sigma over background"),
    QT_TRANSLATE_NOOP("lane", "neutron alarm"),
    QT_TRANSLATE_NOOP("lane", "the portal gave no reason"),
    // findings
    QT_TRANSLATE_NOOP("lane",
                      "Metal, about %1 x %2 cm, in lighter goods; the neighbours hold none."),
    QT_TRANSLATE_NOOP("lane", "Metal, about %1 x %2 cm, standing free."),
    QT_TRANSLATE_NOOP("lane",
                      "Heavy metal, about %1 x %2 cm, in lighter goods; the neighbours hold none."),
    QT_TRANSLATE_NOOP("lane", "Heavy metal, about %1 x %2 cm, standing free."),
    QT_TRANSLATE_NOOP("lane",
                      "Metal too thick to be seen through, about %1 x %2 cm, in lighter goods; the "
                      "neighbours hold none."),
    QT_TRANSLATE_NOOP("lane",
                      "Metal too thick to be seen through, about %1 x %2 cm, standing free."),
    QT_TRANSLATE_NOOP("lane",
                      "A block much denser than the goods around it, about %1 x %2 cm; noise hides "
                      "its material."),
    QT_TRANSLATE_NOOP("lane", "About %1 m from the rear, %2 m above the floor."),
    QT_TRANSLATE_NOOP("lane", "About %1 m from the rear."),
    QT_TRANSLATE_NOOP(
        "lane", "A block of heavy metal, about %1 x %2 cm, much denser than the goods around it."),
    QT_TRANSLATE_NOOP("lane",
                      "A block that cannot be seen through, about %1 x %2 cm, much denser than the "
                      "goods around it."),
    QT_TRANSLATE_NOOP("lane",
                      "A block that cannot be seen through, about %1 x %2 cm: part of goods that "
                      "are too thick as a whole."),
    QT_TRANSLATE_NOOP("lane", "%1 % of this place was not measured."),
    QT_TRANSLATE_NOOP("lane", "The image is incomplete and was not searched: scan again."),
    QT_TRANSLATE_NOOP("lane",
                      "%1 % of the container was not measured: what is there was not searched."),
    QT_TRANSLATE_NOOP("lane", "There is no image."),
    QT_TRANSLATE_NOOP("lane", "There is no image: %1."),
    QT_TRANSLATE_NOOP("lane", "Only one energy was measured: materials are not known."),
    QT_TRANSLATE_NOOP("lane", "%1 % of the image was not measured."),
    QT_TRANSLATE_NOOP("lane", "%1 lines of the scan are lost."),
    QT_TRANSLATE_NOOP("lane", "Not all of the vehicle was scanned: %1."),
});

QString with_first(QString words, bool upper) {
  if (!words.isEmpty()) words[0] = upper ? words[0].toUpper() : words[0].toLower();
  return words;
}

struct Pattern {
  const char* source;
  QRegularExpression match;
};

class Table {
 public:
  Table() {
    for (const char* source : kSentences) add(source);
    for (const char* source : alarm_sentences()) add(source);
    for (const char* source : office_sentences()) add(source);
    for (const char* source : customs_sentences()) add(source);
    for (const char* source : goods_sentences()) add(source);
    for (const char* source : image_sentences()) add(source);
  }

  /// False where a part of it is not known; `said` is then what can be said of it.
  bool find(const QString& english, QString& said, int depth = 0) const {
    said = english;
    if (english.trimmed().isEmpty()) return true;
    const bool upper = english.at(0).isUpper();
    if (const char* source = exact_.value(with_first(english, false), nullptr)) {
      said = translate(source, upper);
      return true;
    }
    if (depth >= kDepthMax) return false;
    for (const Pattern& pattern : patterns_) {
      const QRegularExpressionMatch match = pattern.match.match(english);
      if (!match.hasMatch()) continue;
      said = translate(pattern.source, upper);
      // All places at once: what stands in one may itself hold a '%'.
      QStringList parts;
      for (int place = 1; place <= match.lastCapturedIndex(); ++place) {
        QString part;
        find(match.captured(place), part, depth + 1);
        parts << isolated(part);
      }
      said = filled(said, parts);
      return true;
    }
    return find_in_parts(english, said, depth);
  }

 private:
  void add(const char* source) {
    const QString words = QString::fromUtf8(source);
    if (!words.contains(QLatin1String("%1"))) {
      exact_.insert(with_first(words, false), source);
      return;
    }
    QString expression = QRegularExpression::escape(words);
    for (int place = 1; place <= 4; ++place)
      expression.replace(QStringLiteral("\\%%1").arg(place), QStringLiteral("(.+?)"));
    // What stands in brackets ends with them: the next sentence may have brackets of its own.
    expression.replace(QStringLiteral("(.+?)\\]"), QStringLiteral("([^\\]]+?)\\]"));
    patterns_.push_back(
        {source, QRegularExpression(QRegularExpression::anchoredPattern(expression),
                                    QRegularExpression::CaseInsensitiveOption |
                                        QRegularExpression::DotMatchesEverythingOption)});
  }

  /// Sentence after sentence; "one; other", "what: why" and "what (more)".
  bool find_in_parts(const QString& english, QString& said, int depth) const {
    static const std::array<QString, 4> kJoints = {QStringLiteral(". "), QStringLiteral("; "),
                                                   QStringLiteral(" ("), QStringLiteral(": ")};
    for (const QString& joint : kJoints) {
      const qsizetype at = english.indexOf(joint);
      if (at < 0) continue;
      const bool sentences = joint.startsWith(QLatin1Char('.'));
      const bool list = joint.startsWith(QLatin1Char(';'));
      const bool brackets = joint.endsWith(QLatin1Char('('));
      if (brackets && !english.endsWith(QLatin1Char(')'))) continue;
      QString head, tail;
      const bool known = find(english.left(sentences ? at + 1 : at), head, depth + 1);
      if (!known && !sentences) continue;
      const QString rest = english.mid(at + joint.size()).chopped(brackets ? 1 : 0);
      const bool rest_known = find(rest, tail, depth + (sentences || list ? 0 : 1));
      const QString shown = sentences || list ? tail : isolated(tail);
      said = sentences  ? head + QLatin1Char(' ') + shown
             : list     ? head + QStringLiteral("; ") + shown
             : brackets ? head + QStringLiteral(" (") + shown + QLatin1Char(')')
                        : head + QStringLiteral(": ") + shown;
      return known && (rest_known || !sentences);
    }
    return false;
  }

  static QString translate(const char* source, bool upper) {
    const QString words = QCoreApplication::translate("lane", source);
    // A source may be met at the start of a sentence or within one.
    const QChar first = QString::fromUtf8(source).at(0);
    return first.isUpper() == upper ? words : with_first(words, upper);
  }

  static QString filled(const QString& words, const QStringList& parts) {
    QString out;
    for (qsizetype i = 0; i < words.size(); ++i) {
      const int place = words.at(i) == QLatin1Char('%') && i + 1 < words.size()
                            ? words.at(i + 1).digitValue()
                            : -1;
      if (place >= 1 && place <= parts.size()) {
        out += parts.at(place - 1);
        ++i;
      } else {
        out += words.at(i);
      }
    }
    return out;
  }

  QHash<QString, const char*> exact_;
  std::vector<Pattern> patterns_;
};

const Table& table() {
  static const Table kTable;
  return kTable;
}

bool has_right_to_left(const QString& text) {
  return std::any_of(text.begin(), text.end(), [](QChar c) {
    return c.direction() == QChar::DirR || c.direction() == QChar::DirAL;
  });
}

QString enclosed(QChar start, const QString& text) {
  if (text.isEmpty() || text.at(0) == start) return text;
  if (!QGuiApplication::isRightToLeft() && !has_right_to_left(text)) return text;
  return start + text + kIsolateEnd;
}

}  // namespace

QString lane(const QString& english) {
  // Most is said again and again, and a table of sentences takes its time.
  struct Memory {
    QString language;
    QHash<QString, QString> said;
  };
  static Memory memory;
  constexpr qsizetype kKeptMax = 400;
  const QString language = QCoreApplication::translate("lane", kSentences[0]) +
                           QCoreApplication::translate("lane", "not connected");
  if (memory.language != language || memory.said.size() > kKeptMax) memory = {language, {}};
  const auto kept = memory.said.constFind(english);
  if (kept != memory.said.constEnd()) return *kept;
  QString said;
  table().find(english, said);
  memory.said.insert(english, said);
  return said;
}

QString lane(const std::string& utf8) {
  return lane(QString::fromStdString(utf8));
}

bool lane_knows(const QString& english) {
  QString said;
  return table().find(english, said);
}

QString isolated(const QString& text) {
  return enclosed(kFirstStrongIsolate, text);
}

QString code(const QString& text) {
  return enclosed(kLeftToRightIsolate, text);
}

}  // namespace portcullis::hmi::words
