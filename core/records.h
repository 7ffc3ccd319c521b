#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace portcullis::core {

struct PixelBox {
  int x = 0, y = 0, w = 0, h = 0;
};
/// x and z of the lower left corner, width and height, in the plane of the centre line.
/// x counts as ScannerGeometry's, z above ground.
struct MillimetreBox {
  double x = 0, z = 0, w = 0, h = 0;
};

enum class FindingKind : std::uint8_t {
  kSmallDenseObject,
  kShielding,
  kConcealedVehicle,
  kHiddenCompartment,
  kFalseWall,
  kAnomalousRegion,
  kMaterialMismatch,
  kMassMismatch,
  kEmptyMismatch,
  kCountMismatch,
  kRadiationAlarm,
  kImageQuality,
};
/// "small_dense_object", ...: the words of the JSON.
std::string_view finding_kind_name(FindingKind kind);
std::optional<FindingKind> finding_kind_from(std::string_view name);

struct Evidence {
  std::string name;  ///< With its unit last: "excess_g_cm2".
  double value = 0;
};

/// Something that does not belong, and why.
struct Finding {
  FindingKind kind = FindingKind::kAnomalousRegion;
  double score = 0;  ///< 0 to 1.
  PixelBox bbox_px;
  MillimetreBox bbox_mm;
  std::string material;  ///< "organic", "metal", ...; empty where it does not apply.
  std::string text;      ///< A sentence an officer can use.
  std::vector<Evidence> evidence;
};

enum class CheckOutcome : std::uint8_t { kAgrees, kDiffers, kUnknown };
std::string_view check_outcome_name(CheckOutcome outcome);
std::optional<CheckOutcome> check_outcome_from(std::string_view name);

/// One comparison of the scan with the declaration.
struct Check {
  std::string name;  ///< "mass", "empty"
  CheckOutcome outcome = CheckOutcome::kUnknown;
  std::string seen;
  std::string expected;
  std::string text;
};

/// What the radiation portal measured of one vehicle's passage. Absence of alarm is not absence of
/// radiation: it counts only where the measurement is valid.
struct RadiationMeasurement {
  bool valid = false;        ///< Measured from end to end, without fault, tamper or beam.
  bool gamma_alarm = false;  ///< By the portal's or by our own reckoning; counts also if not valid.
  bool neutron_alarm = false;
  double sigma_max = 0;  ///< Highest gamma excess over background, in standard deviations.
  std::string problem;   ///< Why it is not valid, a clause; empty where it is.

  [[nodiscard]] bool alarm() const { return gamma_alarm || neutron_alarm; }
};

enum class VerdictOutcome : std::uint8_t { kClear, kLook, kInspect };
std::string_view verdict_outcome_name(VerdictOutcome outcome);
std::optional<VerdictOutcome> verdict_outcome_from(std::string_view name);

/// What the machine says; an officer's decision is something else.
struct Verdict {
  VerdictOutcome outcome = VerdictOutcome::kLook;
  double score = 0;
  std::vector<std::string> reasons;
};

/// What a load looks like as a whole, whatever it is: of the places of the side view that it fills.
/// Lengths across are a container's inner width (2.352 m); of open loads likewise.
struct LoadFeatures {
  double area_m2 = 0;  ///< Of the side view that is filled and measured.
  /// Areal density straight across the vehicle, load alone, g/cm2: median, 10 % and 90 % quantile.
  double areal_g_cm2 = 0, areal_low_g_cm2 = 0, areal_high_g_cm2 = 0;
  double density_kg_m3 = 0;  ///< Mean areal density over the inner width: with all its voids.
  double unevenness = 0;     ///< (90 % - 10 % quantile) / median; 0: the same all over.
  /// Mean difference from what stands 80 mm beside, above and below, of the areal density.
  double texture = 0;
  /// Of the load's mass, where its class can be told; together 1, or all 0 where nothing can.
  double organic = 0, light_inorganic = 0, metal = 0, heavy_metal = 0;
  double too_thick = 0;  ///< Share of the area that cannot be seen through.
};

/// What imaging measured of one container's load.
struct ContainerObservation {
  std::string number;           ///< Empty where identity gave none.
  PixelBox bbox_px;             ///< Outer walls.
  double load_mass_kg = 0;      ///< Without the container.
  double load_mass_low_kg = 0;  ///< 90 % interval.
  double load_mass_high_kg = 0;
  double fill = 0;  ///< Share of the inner side view with load in it, 0 to 1.
  bool empty = false;
  std::optional<LoadFeatures> features{};  ///< Absent where it is empty, or from an older program.
};

struct TimingMs {
  double correct = 0, flag = 0, total = 0;
};

/// All that `inspect` reports about a scan; JSON in record_json.h.
struct InspectionReport {
  std::string scan_id;
  std::string sha256;
  int columns = 0;
  int rows = 0;
  double mm_per_px = 0;
  std::uint64_t lines_lost = 0;
  std::vector<std::string> quality;
  std::vector<ContainerObservation> containers;
  std::vector<Finding> findings;
  std::vector<Check> checks;
  Verdict verdict;
  TimingMs timing;
};

/// The declaration, as far as lane, checks and screen use it. Customs' case holds all of it.
struct DeclaredItem {
  int number = 0;
  std::string hs_code;  ///< Digits only, 2 to 10.
  std::string description;
  std::string package_kind;  ///< UN/ECE Recommendation 21 code: "CT", "PX".
  double packages = 0;
  std::optional<double> gross_mass_kg;
  std::optional<double> net_mass_kg;
  std::vector<std::string> containers;  ///< Numbers it is carried in; empty: not said.
};
struct DeclaredContainer {
  std::string number;
  std::string iso_type;  ///< "22G1"; empty where not declared.
  std::vector<std::string> seals;
  std::optional<bool> empty;  ///< Declared empty or full; absent where not said.
  /// Weighed before loading (SOLAS VI/2): goods, packing and container. Whoever weighed says it.
  std::optional<double> verified_gross_kg{};
  std::optional<double> tare_kg{};  ///< Of the empty container; absent where not said.
};
struct Declaration {
  std::string system;  ///< Adapter: "wco"
  std::string message_id;
  std::string lrn, mrn, ucr;
  std::string procedure;  ///< "import", "export", "transit", ...
  std::string declarant, consignor, consignee;
  std::string origin_country, destination_country;
  std::string vehicle_plate;
  std::optional<double> gross_mass_kg;
  std::optional<double> packages;
  std::vector<DeclaredItem> items;
  std::vector<DeclaredContainer> containers;
  UtcTime received;
};

/// The officer's decisions (hmi: Decision).
enum class DecisionKind : std::uint8_t {
  kRelease,
  kDocumentaryCheck,
  kPhysicalInspection,
  kHold,
  kRadiationSecondary,
  kOtherAgency,
  kRescan,
  kIsolate,
};
std::string_view decision_kind_name(DecisionKind kind);
std::optional<DecisionKind> decision_kind_from(std::string_view name);

enum class FindingAnswer : std::uint8_t { kNone, kAgree, kReject, kUnsure };
std::string_view finding_answer_name(FindingAnswer answer);
std::optional<FindingAnswer> finding_answer_from(std::string_view name);

struct Decision {
  std::string case_id;
  std::string scan_id;
  std::string container;  ///< Where it is of the whole vehicle, the number of the front one.
  /// Of `container` alone; else of all containers of the vehicle, also where it names one.
  bool container_only = false;
  DecisionKind kind = DecisionKind::kHold;
  std::string reason_code;
  std::string reason_text;
  std::string officer;
  UtcTime decided;
  std::int64_t time_on_image_ms = 0;
  std::vector<FindingAnswer> answers;  ///< One for each finding, in order.
  /// What the screen showed him of the image when he decided (decided_view.h, as JSON); empty:
  /// not recorded.
  std::string view_json{};
};

}  // namespace portcullis::core
