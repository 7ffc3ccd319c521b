#include "simulator/live/plc_map.h"

#include <span>
#include <string>

#include "plc/tags/tags.h"

namespace portcullis::simulator {
namespace {

struct RegisterRow {
  std::string_view name;
  std::int64_t (*get)(const PlcInputRegisters&);
};
constexpr RegisterRow kRegisters[] = {
    {"speed_mm_s", [](const PlcInputRegisters& r) { return std::int64_t{r.speed_mm_s}; }},
    {"encoder_counts", [](const PlcInputRegisters& r) { return std::int64_t{r.encoder_counts}; }},
    {"gantry_position_mm",
     [](const PlcInputRegisters& r) { return std::int64_t{r.gantry_position_mm}; }},
    {"area_dose_rate_nsv_h",
     [](const PlcInputRegisters& r) { return std::int64_t{r.area_dose_rate_nsv_h}; }},
    {"wind_speed_dm_s", [](const PlcInputRegisters& r) { return std::int64_t{r.wind_speed_dm_s}; }},
    {"plc_heartbeat", [](const PlcInputRegisters& r) { return std::int64_t{r.plc_heartbeat}; }},
    {"command_echo", [](const PlcInputRegisters& r) { return std::int64_t{r.command_echo}; }},
    {"fault_word", [](const PlcInputRegisters& r) { return std::int64_t{r.fault_word}; }},
    {"first_out_code", [](const PlcInputRegisters& r) { return std::int64_t{r.first_out_code}; }},
    {"first_out_time_ms",
     [](const PlcInputRegisters& r) { return std::int64_t{r.first_out_time_ms}; }},
    {"plc_mode", [](const PlcInputRegisters& r) { return std::int64_t{r.plc_mode}; }},
    {"bays_occupied", [](const PlcInputRegisters& r) { return std::int64_t{r.bays_occupied}; }},
    {"bays_free", [](const PlcInputRegisters& r) { return std::int64_t{r.bays_free}; }},
};

struct CoilRow {
  std::string_view name;
  bool PlcCommands::*member;
};
constexpr CoilRow kCoils[] = {
    {"request_beam_permit", &PlcCommands::request_beam_permit},
    {"request_motion", &PlcCommands::request_motion},
    {"warning_on", &PlcCommands::warning_on},
    {"barrier_entry_open_cmd", &PlcCommands::barrier_entry_open_cmd},
    {"barrier_entry_close_cmd", &PlcCommands::barrier_entry_close_cmd},
    {"barrier_exit_open_cmd", &PlcCommands::barrier_exit_open_cmd},
    {"barrier_exit_close_cmd", &PlcCommands::barrier_exit_close_cmd},
    {"light_entry_red", &PlcCommands::light_entry_red},
    {"light_entry_green", &PlcCommands::light_entry_green},
    {"light_exit_red", &PlcCommands::light_exit_red},
    {"light_exit_green", &PlcCommands::light_exit_green},
    {"fault_reset", &PlcCommands::fault_reset},
};

template <class T, T PlcCommands::*Member>
void set_member(PlcCommands& commands, std::int64_t raw) {
  commands.*Member = static_cast<T>(raw);
}
template <class T, T PlcCommands::*Member>
std::int64_t get_member(const PlcCommands& commands) {
  return commands.*Member;
}
struct HoldingRow {
  std::string_view name;
  void (*set)(PlcCommands&, std::int64_t);
  std::int64_t (*get)(const PlcCommands&);
};
template <class T, T PlcCommands::*Member>
constexpr HoldingRow holding_row(std::string_view name) {
  return {name, &set_member<T, Member>, &get_member<T, Member>};
}
constexpr HoldingRow kHolding[] = {
    holding_row<std::uint16_t, &PlcCommands::lane_heartbeat>("lane_heartbeat"),
    holding_row<std::uint16_t, &PlcCommands::command_sequence>("command_sequence"),
    holding_row<std::int32_t, &PlcCommands::target_speed_mm_s>("target_speed_mm_s"),
    holding_row<std::uint16_t, &PlcCommands::direction>("direction"),
    holding_row<std::uint16_t, &PlcCommands::lane_state>("lane_state"),
    holding_row<std::uint16_t, &PlcCommands::watchdog_ms>("watchdog_ms"),
    holding_row<std::uint16_t, &PlcCommands::driver_panel_message>("driver_panel_message"),
    holding_row<std::uint16_t, &PlcCommands::bays_exit_open>("bays_exit_open"),
    holding_row<std::uint16_t, &PlcCommands::bays_to_entry>("bays_to_entry"),
};

template <class Row, std::size_t N>
const Row* row_named(const Row (&rows)[N], std::string_view name) {
  for (const Row& row : rows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

bool served(const plc::TagInfo& tag) {
  switch (tag.area) {
    case plc::Area::kDiscreteInput:
      return find_plc_input(tag.name) != nullptr;
    case plc::Area::kInputRegister:
      return row_named(kRegisters, tag.name) != nullptr;
    case plc::Area::kCoil:
      return row_named(kCoils, tag.name) != nullptr;
    case plc::Area::kHoldingRegister:
      return row_named(kHolding, tag.name) != nullptr;
  }
  return false;
}

/// The words of a tag, wired or not: what is not wired stands nowhere.
template <class Words>
auto words_of(Words& words, const plc::TagPlace& place) {
  return std::span(words).subspan(place.address, place.words());
}

/// Calls `use(tag, info, place)` for every wired tag of an area.
template <class Use>
void for_wired(const plc::TagMap& map, plc::Area area, const Use& use) {
  for (std::size_t i = 0; i < plc::kTagCount; ++i) {
    const auto tag = static_cast<plc::Tag>(i);
    const plc::TagInfo& info = plc::tag_info(tag);
    if (info.area == area && map.place(tag).wired) use(tag, info, map.place(tag));
  }
}

}  // namespace

core::Status PlcMap::check() {
  for (const plc::TagInfo& tag : plc::tag_table()) {
    if (!served(tag)) {
      return core::Error{core::ErrorCode::kInternal, "simulated PLC: tag " + std::string(tag.name) +
                                                         " of the tag table is not served"};
    }
  }
  return {};
}

ModbusTables PlcMap::make_tables(const plc::TagMap& map) {
  ModbusTables tables;
  tables.discrete_inputs.resize(map.area_size(plc::Area::kDiscreteInput));
  tables.coils.resize(map.area_size(plc::Area::kCoil));
  tables.input_registers.resize(map.area_size(plc::Area::kInputRegister));
  tables.holding_registers.resize(map.area_size(plc::Area::kHoldingRegister));
  const PlcCommands start;
  for_wired(map, plc::Area::kHoldingRegister,
            [&](plc::Tag tag, const plc::TagInfo& info, const plc::TagPlace& place) {
              if (const HoldingRow* row = row_named(kHolding, info.name))
                map.encode(tag, row->get(start), words_of(tables.holding_registers, place));
            });
  return tables;
}

void PlcMap::publish(const PlcDiscreteInputs& inputs, const PlcInputRegisters& registers,
                     ModbusTables& tables, const plc::TagMap& map) {
  for_wired(map, plc::Area::kDiscreteInput,
            [&](plc::Tag, const plc::TagInfo& info, const plc::TagPlace& place) {
              if (const PlcInputName* row = find_plc_input(info.name))
                tables.discrete_inputs[place.address] = inputs.*row->member != place.inverted;
            });
  for_wired(map, plc::Area::kInputRegister,
            [&](plc::Tag tag, const plc::TagInfo& info, const plc::TagPlace& place) {
              if (const RegisterRow* row = row_named(kRegisters, info.name))
                map.encode(tag, row->get(registers), words_of(tables.input_registers, place));
            });
}

PlcCommands PlcMap::read_commands(const ModbusTables& tables, const plc::TagMap& map) {
  PlcCommands commands;
  for_wired(map, plc::Area::kCoil,
            [&](plc::Tag, const plc::TagInfo& info, const plc::TagPlace& place) {
              if (const CoilRow* row = row_named(kCoils, info.name))
                commands.*row->member = tables.coils[place.address];
            });
  for_wired(map, plc::Area::kHoldingRegister,
            [&](plc::Tag tag, const plc::TagInfo& info, const plc::TagPlace& place) {
              if (const HoldingRow* row = row_named(kHolding, info.name))
                row->set(commands, map.decode(tag, words_of(tables.holding_registers, place)));
            });
  return commands;
}

bool PlcMap::holding_in_range(const std::vector<std::uint16_t>& holding, std::size_t first,
                              std::size_t count, const plc::TagMap& map) {
  bool good = true;
  for_wired(map, plc::Area::kHoldingRegister,
            [&](plc::Tag tag, const plc::TagInfo& info, const plc::TagPlace& place) {
              const std::size_t from = place.address, to = from + place.words();
              if (to <= first || from >= first + count) return;
              const double value =
                  static_cast<double>(map.decode(tag, words_of(holding, place))) * info.scale;
              good = good && value >= info.min && value <= info.max;
            });
  return good;
}

}  // namespace portcullis::simulator
