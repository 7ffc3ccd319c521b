#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "customs/adapters/case_builder.h"
#include "customs/adapters/edifact/edifact.h"

namespace portcullis::customs::edifact {

// For this adapter only.

enum class MessageType : std::uint8_t {
  kCuscar,
  kCusdec,
  kGovcbr,
  kCusres,
  kCopino,
  kCodeco,
  kVermas
};

/// Reads one message into the builder: the segments of all kinds, in their loops. The elements read
/// here stand at the same places in the directories D.96B to D.18B; where a later directory has
/// another segment for the same (GEI for GIS, structured parts of NAD), both are read.
class MessageReader {
 public:
  MessageReader(CaseBuilder& builder, MessageType type) : b_(builder), type_(type) {}

  void read(const EdiMessage& message);

 private:
  [[nodiscard]] bool is_order() const {
    return type_ == MessageType::kCopino || type_ == MessageType::kCodeco ||
           type_ == MessageType::kVermas;
  }
  /// GOVCBR goes both ways: an answer has a government's word in it.
  [[nodiscard]] bool is_answer() const { return type_ == MessageType::kCusres || answers_; }
  void set(Field f, std::string_view value, std::string_view argument = {},
           std::string_view unit = {}) {
    b_.set(f, argument, value, place_, unit);
  }
  /// False: nothing of the segment was read, so that it is kept whole.
  bool take(const Segment& s);

  // One for each segment (kHandlers), with what take() gives back.
  bool bgm(const Segment& s);
  bool dtm(const Segment& s);
  bool tdt(const Segment& s);
  bool loc(const Segment& s);
  bool nad(const Segment& s);
  bool cni(const Segment& s);
  bool gid(const Segment& s);
  bool cst(const Segment& s);
  bool pac(const Segment& s);
  bool pia(const Segment& s);
  bool pci(const Segment& s);
  bool ftx(const Segment& s);
  bool mea(const Segment& s);
  bool moa(const Segment& s);
  bool sgp(const Segment& s);
  bool eqd(const Segment& s);
  bool sel(const Segment& s);
  bool rff(const Segment& s);
  bool indicator(const Segment& s);
  bool gor(const Segment& s);
  bool service(const Segment& s);

  void begin_item(std::string_view number);
  void begin_order(std::string_view container);
  void end();
  // Wraps the handlers that are content of a bill.
  template <bool (MessageReader::*handle)(const Segment&)>
  bool content(const Segment& s) {
    bill_has_content_ = true;
    return (this->*handle)(s);
  }

  struct Handler {
    std::string_view tag;
    bool (MessageReader::*handle)(const Segment&);
  };
  static const Handler kHandlers[22];

  CaseBuilder& b_;
  MessageType type_;
  std::string place_;
  bool in_consignment_ = false, bill_has_content_ = false, in_item_ = false, in_equipment_ = false;
  bool in_order_ = false, answers_ = false, cancelled_ = false;
  std::string document_, document_code_, planned_, plate_, driver_;
  std::string lrn_, mrn_, container_, detail_, at_;
  std::vector<std::pair<std::string, std::string>> codes_;
};

}  // namespace portcullis::customs::edifact
