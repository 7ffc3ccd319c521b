#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "customs/model/case.h"

namespace portcullis::customs {

// For the adapters only.

/// Where a value of a message goes. `argument` below is the row's.
enum class Field : std::uint8_t {
  // Begin something: later fields of that kind belong to it.
  kBeginDeclaration,  ///< Another one (the first needs none).
  kBeginItem,
  kBeginContainer,
  kBeginMeans,   ///< argument: role
  kBeginOrder,   ///< argument: movement
  kBeginNotice,  ///< argument: code list
  kBeginDocument,
  // Of the message.
  kMessageId,
  kMessageName,
  kMessageVersion,
  kSender,
  kRecipient,
  kFunction,
  kSent,
  // Of the declaration.
  kLrn,
  kMrn,
  kUcr,
  kProcedure,  ///< Code as declared; argument: "" or kind by the code list of that name.
  kKind,       ///< argument: the kind
  kPartyId,    ///< argument: role; so for the three after it.
  kPartyName,
  kPartyAddress,  ///< Joined with ", ".
  kPartyCountry,
  kOriginCountry,  ///< Of the whole.
  kDestinationCountry,
  kPlace,  ///< argument: role
  kGrossMass,
  kGrossMassUnit,  ///< Of the mass before it, which was taken for kilograms.
  kPackages,
  kValue,
  kCurrency,
  kVesselCutOff,
  kDocumentType,
  kDocumentReference,
  // Of the item.
  kItemNumber,
  kHsCode,  ///< Appended: codes may come in parts. Dots and blanks are left out.
  kItemOrigin,
  kDescription,  ///< Appended with a blank.
  kItemGrossMass,
  kItemNetMass,
  kItemPackages,  ///< Added up.
  kPackageKind,
  kMarks,
  kItemValue,
  kItemCurrency,
  kItemContainer,
  // Of the container.
  kContainerNumber,
  kIsoType,
  kSeal,
  kFullness,       ///< UN/EDIFACT 8169 (4 empty; 5 to 9 full), EU "A"/"B", "E"/"F", "EMPTY"/"FULL".
  kContainerItem,  ///< Number of an item that it carries.
  kContainerGross,
  kContainerTare,
  kContainerVerified,
  // Of the means of transport.
  kMeansMode,
  kMeansIdType,
  kMeansId,
  kMeansName,
  kMeansNationality,
  kVoyage,
  kPlate,
  // Of the manifest.
  kManifestReference,
  kManifestCarrier,
  kManifestVessel,
  kManifestImo,
  kManifestVoyage,
  kManifestLoading,
  kManifestDischarge,
  kManifestArrival,
  // Of the notice.
  kNoticeCode,  ///< argument: code list. Begins a notice where the current one has a code.
  kNoticeLrn,
  kNoticeMrn,
  kNoticeContainer,
  kNoticeDetail,  ///< Appended with "; ".
  kNoticeAt,
  // Of the scan order.
  kOrderReference,
  kOrderContainer,
  kOrderType,
  kOrderPlate,
  kOrderDriver,
  kOrderChassis,
  kOrderUcr,
  kOrderMrn,
  kOrderPlanned,
  kOrderFullness,
  kOrderGrossMass,
  kOrderVerifiedMass,
  kOrderSeal,
  // Selection.
  kChannel,  ///< argument: code list whose texts are channel names.
  kSelectionReason,
  kKnown,  ///< Read and not needed: stands in the case elsewhere.
};

/// Builds a case from the values of one message in their order. Values are checked here, once for
/// all adapters: numbers, units, limits, fullness that contradicts itself. The first problem is
/// kept, with the place that the adapter gives; setters then do nothing more.
class CaseBuilder {
 public:
  explicit CaseBuilder(std::string_view name) : name_(name) {}

  /// `place`: where in the message, for errors. `unit`: of a mass (UN/ECE Recommendation 20 or X12
  /// code), currency of a value, else empty. An empty value changes nothing.
  void set(Field field, std::string_view argument, std::string_view value, std::string_view place,
           std::string_view unit = {});
  void begin(Field field, std::string_view argument = {}) { set(field, argument, "", ""); }
  void keep_unknown(std::string path, std::string value);
  void remark(std::string_view kind, std::string_view value, std::string_view reason);
  void fail(std::string_view place, std::string_view why,
            core::ErrorCode code = core::ErrorCode::kInvalidInput);
  [[nodiscard]] const std::optional<core::Error>& problem() const { return problem_; }

  [[nodiscard]] Case& current() { return case_; }
  core::Declaration& declaration();
  DeclarationDetails& details();
  /// Party of the role of the current declaration; made where it is not there yet.
  Party& party(std::string_view role);
  TransportMeans& means(std::string_view role);
  Notice& notice();
  ScanOrder& order();

  /// Fills in what follows from the rest (parties and kind of core::Declaration, totals, remarks)
  /// and gives the case, or the first problem.
  core::Result<Case> finish() &&;

 private:
  bool set_declaration(Field field, std::string_view argument, std::string_view value,
                       std::string_view place, std::string_view unit);
  bool set_item(Field field, std::string_view value, std::string_view place, std::string_view unit);
  bool set_container(Field field, std::string_view value, std::string_view place,
                     std::string_view unit);
  bool set_means(Field field, std::string_view value);
  bool set_manifest(Field field, std::string_view value);
  bool set_notice(Field field, std::string_view argument, std::string_view value);
  bool set_order(Field field, std::string_view value, std::string_view place,
                 std::string_view unit);
  void set_message(Field field, std::string_view argument, std::string_view value,
                   std::string_view place);
  void add_container(std::string_view value, std::string_view place, bool of_item);
  core::DeclaredItem* item(std::string_view place);
  core::DeclaredContainer* container(std::string_view place);
  ContainerDetails* container_details(std::string_view place);
  std::optional<double> number(std::string_view value, std::string_view place);
  std::optional<double> mass_kg(std::string_view value, std::string_view unit,
                                std::string_view place);
  std::optional<bool> fullness(std::string_view value, std::string_view place);

  std::string name_;
  Case case_;
  std::optional<core::Error> problem_;
  std::size_t container_ = 0;
  bool has_container_ = false, container_named_ = false;
  core::DeclaredContainer unnamed_;  ///< Type or seal may come before the number.
  std::vector<int> unnamed_items_;
  ContainerDetails unnamed_details_;
  struct Reference {
    std::size_t declaration, container;
    int item;
  };
  std::vector<Reference> container_items_;
  std::size_t elements_ =
      0;  ///< Items, containers, notices, ...: against messages of nothing else.
};

}  // namespace portcullis::customs
