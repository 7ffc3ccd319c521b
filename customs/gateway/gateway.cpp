#include "customs/gateway/gateway.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <map>
#include <mutex>

#include "core/files.h"
#include "core/log.h"
#include "customs/adapters/parse.h"
#include "customs/adapters/wco/wco.h"
#include "customs/gateway/declaration_search.h"
#include "customs/gateway/message_form.h"
#include "customs/gateway/message_intake.h"
#include "customs/gateway/message_store.h"
#include "customs/gateway/partner_shelf.h"
#include "customs/gateway/referral.h"
#include "customs/gateway/retry.h"
#include "customs/gateway/selection_desk.h"
#include "customs/gateway/trader_tokens.h"
#include "customs/gateway/watched_folder.h"
#include "customs/model/container_standing.h"
#include "customs/model/customs_order.h"

namespace portcullis::customs {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLogName = "gateway";
constexpr std::string_view kFolderOrigin = "folder";
constexpr std::string_view kReasonSuffix = ".reason.txt";
constexpr std::int64_t kDayNs = std::int64_t{86'400} * 1'000'000'000;
constexpr std::size_t kOrdersKnownMax = 1'000;
constexpr std::size_t kFilesPerLook = 64;  // The rest waits: answers and callers come in between.

/// Takes away what a kill left of files half written beside their places (write_file_atomically):
/// only this program writes there.
core::Status remove_half_written(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    if (entry->path().extension() != ".new") continue;
    std::error_code ignored;
    fs::remove(entry->path(), ignored);
  }
  if (error) return folder_error(folder, error);
  return {};
}

/// A text as part of a file name.
std::string file_name_part(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 60)) {
    const bool plain =
        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    out += plain ? c : '_';
  }
  return out;
}

/// The answer that each system is told a decision with; the others are told nothing by a program.
struct AnswerMessage {
  std::string_view system, message, extension;
};
constexpr AnswerMessage kAnswerMessages[] = {
    {"edifact", "CUSRES", "edi"},           {"ncts", "CC044C", "xml"},
    {"ics2", "CONTROL-RESULT", "xml"},      {"asycuda", "INSPECTION-ACT", "xml"},
    {"tradenet", "INSPECTION-NOTE", "xml"}, {"x12", "350-DRAFT", "x12"},
    {"caps", "STATUS-DRAFT", "csv"},        {"camir", "STATUS-DRAFT", "camir"},
    {"carm", "STATUS-DRAFT", "xml"}};

core::Result<MessageStore::PendingAnswer> write_answer(const Case& customs_case,
                                                       const core::Decision& decision) {
  const auto& declaration = customs_case.declarations.front();
  const auto reference =
      file_name_part(declaration.mrn.empty() ? declaration.lrn : declaration.mrn);
  MessageStore::PendingAnswer answer;
  if (declaration.system == "wco") {
    PC_TRY(auto notification, wco::emit_notification(decision, declaration));
    answer.file_name =
        fmt::format("{}_{}_{}.xml", wco::notification_name(wco::notification_kind(decision.kind)),
                    reference, notification.message_id);
    answer.content = std::move(notification.xml);
    return answer;
  }
  for (const auto& known : kAnswerMessages) {
    if (known.system != declaration.system) continue;
    Case answered = customs_case;
    answered.decisions = {decision};
    PC_TRY(auto emitted, emit_message(answered, known.system, known.message));
    answer.file_name = fmt::format("{}_{}_{}.{}", known.message, reference,
                                   file_name_part(emitted.message_id), known.extension);
    answer.content = std::move(emitted.content);
  }
  return answer;
}

/// Customs hears with the decision why the goods were looked at; the record keeps the officer's own
/// words.
void say_selection(const Selection& selection, core::Decision& told) {
  auto& text = told.reason_text;
  if (!text.empty()) text += "; ";
  text += fmt::format("selected {}{}, probability {:.4g}, {}", channel_name(selection.channel),
                      selection.random ? " by lot" : "", selection.probability.value_or(0),
                      selection.selected_by);
  if (!selection.model.empty()) text += fmt::format(", score {}", selection.model);
  if (!selection.reason.empty()) text += ": " + selection.reason;
}

/// Why a release must not be told to customs: they hold the goods themselves, or an officer keeps
/// another container of the declaration. Empty: nothing speaks against it.
core::Result<std::string> contradiction(MessageStore& reader, const DecisionSubmission& submission,
                                        core::UtcTime now) {
  if (submission.decision.kind != core::DecisionKind::kRelease) return std::string();
  PC_TRY(const auto told,
         reader.told_of({submission.decision.container}, {submission.declaration_id}, now));
  for (const auto& order : customs_orders(told)) {
    if (order.keeps() && order.told.effect == Effect::kInvalidated)
      return fmt::format("customs has invalidated the declaration ({} {})", order.told.list,
                         order.told.code);
    if (order.keeps())
      return fmt::format("customs told {} ({} {}) and has not lifted it",
                         effect_name(order.told.effect), order.told.list, order.told.code);
  }
  PC_TRY(auto decided, reader.told_case(submission.declaration_id));
  if (!decided) return std::string();
  decided->decisions.push_back(submission.decision);
  for (const auto& one : container_standings(*decided)) {
    if (!one.released)
      return fmt::format("{} of the same declaration stands at {}", one.container,
                         core::decision_kind_name(one.last.kind));
  }
  return std::string();
}

}  // namespace

struct Gateway::State {
  State(Config given, const core::Clock& given_clock, MessageStore opened, MessageStore reading)
      : config(std::move(given)),
        clock(given_clock),
        store(std::move(opened)),
        reader(std::move(reading)) {}

  std::mutex mutex;         ///< Of `store`, and of whoever writes to its file.
  std::mutex reader_mutex;  ///< Of `reader`. Neither is taken with the other held.
  std::mutex look_mutex;    ///< Of poll(): taken before the others.
  std::mutex outbox_mutex;  ///< One sends answers at a time; taken before `mutex`.
  const Config config;
  const core::Clock& clock;
  MessageStore store;
  MessageStore reader;  ///< Sees what the tables hold: intake->settle() first.
  /// What is asked again and again while vehicles wait, as of the newest message. Of
  /// `reader_mutex`.
  struct OrdersKnown {
    std::int64_t newest = -1, day = -1;
    std::map<std::pair<std::vector<std::string>, std::vector<std::string>>,
             std::optional<core::Check>>
        checks;
  } orders_known;
  TwoLooks looks;
  std::unique_ptr<SelectionDesk> selection;  ///< Null: nothing is selected.
  std::unique_ptr<PartnerShelf> shelf;       ///< Null: no bundles are taken.
  std::unique_ptr<MessageIntake> intake;     ///< Last: its threads use all of the above.

  [[nodiscard]] fs::path done() const { return config.inbox / "done"; }
  [[nodiscard]] fs::path quarantine() const { return config.inbox / "quarantine"; }
  /// Messages stand here while they are worked on, so that a sender who puts another file of the
  /// same name into the inbox cannot have it moved away unread.
  [[nodiscard]] fs::path taken() const { return config.inbox / ".taken"; }

  [[nodiscard]] std::string reason_text(std::string_view sha256, std::string_view reason) const {
    return fmt::format("{}\nsha256 {}\n{}\n", reason, sha256, core::to_iso8601(clock.utc_now()));
  }

  /// The bytes of a refused message that came by no file. The same bytes have the same name.
  core::Status keep_refused(const MessageForm& form) const {
    if (form.incoming.origin == kFolderOrigin) return {};  // The file itself is moved.
    const auto place =
        quarantine() / fmt::format("{}-{}.message", form.incoming.origin, form.receipt.id);
    std::error_code ignored;
    if (fs::exists(place, ignored)) return {};
    PC_CHECK(core::write_file_atomically(place.string() + std::string(kReasonSuffix),
                                         reason_text(form.receipt.sha256, form.receipt.reason)));
    return core::write_file_atomically(place, form.incoming.bytes);
  }

  /// The reason is written before the file moves: a file in quarantine always has one.
  core::Status put_into_quarantine(const fs::path& file, const std::string& name,
                                   const Receipt& receipt) {
    core::log_warning(kLogName, fmt::format("quarantined {}: {}", name, receipt.reason));
    // No message may look like another's reason.
    const auto place = free_place(
        quarantine(), name.ends_with(kReasonSuffix) ? name + ".message" : name, receipt.sha256);
    PC_CHECK(core::write_file_atomically(place.string() + std::string(kReasonSuffix),
                                         reason_text(receipt.sha256, receipt.reason)));
    return move_file(file, place);
  }

  /// A file of `.taken`: nothing where it has gone.
  core::Result<std::optional<MessageForm>> read(const fs::path& file, const std::string& name) {
    auto bytes = core::read_file(file, kMessageBytesMax);
    if (bytes.ok())
      return std::optional<MessageForm>(form_message(
          {std::move(bytes).value(), name, std::string(kFolderOrigin)}, clock.utc_now()));
    if (bytes.error().code == core::ErrorCode::kNotFound) return std::optional<MessageForm>();
    if (bytes.error().code != core::ErrorCode::kInvalidInput)
      return bytes.error();  // The disk's fault, not the message's.
    MessageForm form;
    form.incoming = {{}, name, std::string(kFolderOrigin)};
    const auto sha256 = core::sha256_file_hex(file);
    form.receipt.sha256 = sha256.ok() ? *sha256 : std::string(64, '0');
    form.receipt.id = form.receipt.sha256.substr(0, 32);
    form.receipt.reason = fmt::format("{}: larger than {} bytes", name, kMessageBytesMax);
    form.receipt.received = clock.utc_now();
    return std::optional<MessageForm>(std::move(form));
  }

  /// Stores what the files of `.taken` hold, all with one sync, and moves them on.
  core::Status take(const std::vector<std::string>& names) {
    std::vector<std::pair<std::string, std::future<core::Result<Receipt>>>> results;
    for (const auto& name : names) {
      PC_TRY(auto form, read(taken() / name, name));
      if (!form) continue;
      auto promise = std::make_shared<std::promise<core::Result<Receipt>>>();
      results.emplace_back(name, promise->get_future());
      intake->submit(std::move(*form), [promise](core::Result<Receipt> receipt) {
        promise->set_value(std::move(receipt));
      });
    }
    core::Status worst;
    for (auto& [name, result] : results) {
      const auto receipt = result.get();
      auto moved = core::Status();
      if (!receipt.ok()) {
        moved = receipt.error();
      } else if (receipt->state == MessageState::kRefused) {
        moved = put_into_quarantine(taken() / name, name, *receipt);
      } else {
        core::log_info(kLogName,
                       fmt::format("{} {}: {} {} {}", receipt->repeated ? "again" : "stored", name,
                                   receipt->system, receipt->kind, receipt->id));
        moved = move_file(taken() / name, free_place(done(), name, receipt->sha256));
      }
      if (!moved.ok()) worst = moved;
    }
    return worst;
  }

  /// Tries every answer that is due.
  core::Status send_answers() {
    const std::lock_guard one_at_a_time(outbox_mutex);
    const auto due = [&] {
      const std::lock_guard lock(mutex);
      return store.answers_due(clock.utc_now());
    }();
    if (!due.ok()) return due.error();
    for (const auto& answer : *due) {
      const auto place = config.outbox / answer.file_name;
      std::error_code ignored;  // Writing says what is wrong.
      if (place.parent_path() != config.outbox) fs::create_directory(place.parent_path(), ignored);
      const auto sent = core::write_file_atomically(place, answer.content);
      const auto now = clock.utc_now();
      const std::lock_guard lock(mutex);
      if (sent.ok()) {
        PC_CHECK(store.mark_sent(answer, now));
      } else {
        PC_CHECK(store.mark_failed(answer, sent.error().message,
                                   {now.ns + retry_after_ns(answer.attempts)}));
      }
    }
    return {};
  }

  /// `ask`(reader), with all in the tables that was acknowledged before.
  template <class Ask>
  auto look_up(const Ask& ask) -> decltype(ask(reader)) {
    PC_CHECK(intake->settle());
    const std::lock_guard lock(reader_mutex);
    return ask(reader);
  }

  core::Result<MessageStore::Waiting> answers_waiting() {
    const std::lock_guard lock(mutex);
    return store.answers_waiting();
  }
};

Gateway::Gateway(std::unique_ptr<State> state) : state_(std::move(state)) {}
Gateway::~Gateway() = default;

core::Result<std::unique_ptr<Gateway>> Gateway::create(const Config& config,
                                                       const core::Clock& clock) {
  // The store first: one that is none leaves no folders behind.
  if (config.store.has_parent_path()) PC_CHECK(make_folder(config.store.parent_path()));
  PC_TRY(auto store, MessageStore::open(config.store));
  PC_TRY(auto reader, MessageStore::open(config.store));
  PC_TRY(auto tables, MessageStore::open(config.store, MessageStore::Sync::kCheckpoint));
  PC_TRY(auto lookup, MessageStore::open(config.store));
  PC_TRY(auto journal, MessageJournal::open(config.store.string() + ".intake"));
  PC_CHECK(make_folder(config.inbox));
  PC_CHECK(make_folder(config.inbox / "done"));
  PC_CHECK(make_folder(config.inbox / "quarantine"));
  PC_CHECK(make_folder(config.inbox / ".taken"));
  for (const auto& folder : {config.outbox, config.outbox / kReferralFolder}) {
    PC_CHECK(make_folder(folder));
    PC_CHECK(remove_half_written(folder));
  }
  std::optional<MessageStore> selecting;
  if (!config.risk_site.empty()) {
    PC_TRY(selecting, MessageStore::open(config.store));
  }
  auto state = std::make_unique<State>(config, clock, std::move(store), std::move(reader));
  State& s = *state;
  if (selecting) {
    PC_TRY(s.selection,
           SelectionDesk::open(config.risk_site, std::move(*selecting), s.mutex, clock));
  }
  if (!config.partner.empty()) {
    const auto note = [&s](const PartnerShelf::Told& told) {
      const std::lock_guard lock(s.mutex);
      return s.store.note_event(told.taken ? "bundle_taken" : "bundle_refused", told.subject,
                                s.clock.utc_now(), told.sha256, told.detail);
    };
    PC_TRY(s.shelf, PartnerShelf::open(config.partner, note, clock));
  }
  PC_TRY(s.intake, MessageIntake::start(
                       {s.store, s.mutex, std::move(tables), std::move(lookup), std::move(journal),
                        [&s](const MessageForm& form) { return s.keep_refused(form); }}));
  return std::unique_ptr<Gateway>(new Gateway(std::move(state)));
}

core::Result<int> Gateway::poll() {
  State& s = *state_;
  const std::lock_guard look(s.look_mutex);
  PC_TRY(const auto names, s.looks.take(s.config.inbox, s.taken(), kFilesPerLook));
  const auto taken = s.take(names);
  PC_CHECK(s.send_answers());
  if (!taken.ok()) return taken.error();
  if (s.shelf) PC_CHECK(s.shelf->poll());
  if (s.selection) {
    PC_CHECK(s.intake->settle());
    PC_CHECK(s.selection->follow());
  }
  PC_TRY(const auto waiting, s.answers_waiting());
  if (!waiting.problem.empty())
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{} answers wait: {}", waiting.answers, waiting.problem)};
  return static_cast<int>(names.size());
}

void Gateway::submit(MessageForm form, Done done) {
  state_->intake->submit(std::move(form), std::move(done));
}

core::Result<std::optional<Receipt>> Gateway::receipt(const std::string& id) {
  return state_->look_up([&](MessageStore& reader) { return reader.receipt(id); });
}

core::Result<std::optional<Case>> Gateway::find_case(const std::string& key) {
  PC_CHECK(state_->intake->settle());
  const std::lock_guard lock(state_->reader_mutex);
  auto& store = state_->reader;
  PC_TRY(auto by_id, store.whole_case(key));
  if (by_id) return by_id;
  for (const auto kind : {ReferenceKind::kMrn, ReferenceKind::kUcr}) {
    PC_TRY(const auto found, store.find(kind, key));
    if (found.size() > 1) return std::optional<Case>();
    if (!found.empty()) return store.whole_case(found.front().id);
  }
  return std::optional<Case>();
}

core::Result<std::optional<Case>> Gateway::find_case_of(const std::string& key,
                                                        const std::vector<std::string>& parties) {
  PC_CHECK(state_->intake->settle());
  const std::lock_guard lock(state_->reader_mutex);
  auto& store = state_->reader;
  PC_TRY(const auto by_id, store.part(key));
  if (by_id)
    return is_party(*by_id, parties) ? store.whole_case(key)
                                     : core::Result<std::optional<Case>>(std::nullopt);
  for (const auto kind : {ReferenceKind::kMrn, ReferenceKind::kUcr, ReferenceKind::kLrn}) {
    PC_TRY(auto found, store.find(kind, key));
    std::erase_if(found, [&](const Case& one) { return !is_party(one, parties); });
    if (found.size() > 1) return std::optional<Case>();
    if (!found.empty()) return store.whole_case(found.front().id);
  }
  return std::optional<Case>();
}

core::UtcTime Gateway::utc_now() const {
  return state_->clock.utc_now();
}

core::Result<std::vector<MessageStore::Event>> Gateway::events_after(std::int64_t index,
                                                                     int count_max) {
  return state_->look_up(
      [&](MessageStore& reader) { return reader.events_after(index, count_max); });
}

core::Result<std::int64_t> Gateway::audited() {
  const std::lock_guard lock(state_->reader_mutex);
  return state_->reader.audited();
}

core::Status Gateway::set_audited(std::int64_t index) {
  const std::lock_guard lock(state_->mutex);
  return state_->store.set_audited(index);
}

core::Result<std::vector<FoundDeclaration>> Gateway::find_declarations(
    const VehicleNumbers& numbers) {
  const auto now = state_->clock.utc_now();
  return state_->look_up([&](MessageStore& reader) {
    return search_declarations(reader, numbers, state_->config.visits, now);
  });
}

core::Result<std::vector<BoundSelection>> Gateway::bind(const BindingReport& report) {
  if (!state_->selection) return std::vector<BoundSelection>();
  PC_CHECK(state_->intake->settle());
  return state_->selection->bind(report);
}

core::Result<std::optional<core::Check>> Gateway::assess_revenue(
    const std::vector<std::string>& declaration_ids, const core::InspectionReport& report) {
  if (!state_->selection) return std::optional<core::Check>();
  PC_CHECK(state_->intake->settle());
  return state_->selection->assess_revenue(declaration_ids, report);
}

core::Result<std::optional<core::Check>> Gateway::check_orders(
    const std::vector<std::string>& container_numbers,
    const std::vector<std::string>& declaration_ids) {
  const auto now = state_->clock.utc_now();
  return state_->look_up([&](MessageStore& reader) -> core::Result<std::optional<core::Check>> {
    auto& known = state_->orders_known;
    PC_TRY(const auto newest, reader.newest_message());
    const auto day = now.ns / kDayNs;  // What was told long ago counts no more.
    if (newest != known.newest || day != known.day || known.checks.size() >= kOrdersKnownMax)
      known = {newest, day, {}};
    const auto place = known.checks.find({container_numbers, declaration_ids});
    if (place != known.checks.end()) return place->second;
    PC_TRY(const auto told, reader.told_of(container_numbers, declaration_ids, now));
    auto check = check_customs_orders(customs_orders(told));
    known.checks.emplace(std::pair(container_numbers, declaration_ids), check);
    return check;
  });
}

core::Result<DecisionReceipt> Gateway::submit_decision(const DecisionSubmission& submission) {
  State& s = *state_;
  if (submission.idempotency_key.empty())
    return core::Error{core::ErrorCode::kInvalidInput, "idempotency_key: is empty"};
  MessageStore::PendingAnswer answer, referral;
  std::optional<Case> declared_case;
  std::string said = "Recorded; no declaration was bound, so nobody is told.";
  if (!submission.declaration_id.empty()) {
    auto declared =
        s.look_up([&](MessageStore& reader) { return reader.part(submission.declaration_id); });
    if (!declared.ok()) return declared.error();
    if (!*declared)
      return core::Error{core::ErrorCode::kNotFound,
                         fmt::format("declaration_id: no declaration \"{}\" is stored",
                                     submission.declaration_id)};
    declared_case = std::move(**declared);
    const auto& customs_case = *declared_case;
    const auto& declaration = customs_case.declarations.front();
    PC_TRY(const auto selected, s.look_up([&](MessageStore& reader) {
      return reader.selections(submission.declaration_id);
    }));
    auto told = submission.decision;
    if (!selected.empty()) say_selection(selected.back().selection, told);
    PC_TRY(const auto against, s.look_up([&](MessageStore& reader) {
      return contradiction(reader, submission, s.clock.utc_now());
    }));
    if (!against.empty()) {
      said = fmt::format("Recorded; no release was written, as {}: tell customs by hand.", against);
    } else {
      PC_TRY(answer, write_answer(customs_case, told));
      said = answer.file_name.empty()
                 ? fmt::format("Recorded; {} has no message of ours, so tell it by hand.",
                               declaration.system)
                 : fmt::format("Answered {} with {}.",
                               declaration.mrn.empty() ? declaration.lrn : declaration.mrn,
                               answer.file_name.substr(0, answer.file_name.find('_')));
    }
  }
  if (submission.decision.kind == core::DecisionKind::kOtherAgency) {
    auto written = write_referral(declared_case, submission);
    said += fmt::format(" The other agency: {}.", written.name);
    referral.file_name = (fs::path(kReferralFolder) / written.name).string();
    referral.content = std::move(written.content);
  }
  const auto applied = [&] {
    const std::lock_guard lock(s.mutex);
    return s.store.apply_decision(submission, answer, referral, s.clock.utc_now());
  }();
  if (!applied.ok()) return applied.error();
  // The decision stands whether or not the outbox can be written now: poll() tries again.
  PC_CHECK(s.send_answers());
  PC_TRY(const auto waiting, s.answers_waiting());
  if (!waiting.problem.empty()) {
    core::log_error(kLogName, waiting.problem);
    said += " The answer waits for the outbox.";
  }
  return DecisionReceipt{applied->answer_file, applied->is_new ? said : "Had been recorded before.",
                         !applied->is_new};
}

core::Result<GatewayStatus> Gateway::status() {
  return state_->look_up([](MessageStore& reader) { return reader.status(); });
}

}  // namespace portcullis::customs
