#include "hmi/models/complaint_model.h"

#include "hmi/models/case_model.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/office_client.h"
#include "hmi/models/session_model.h"

namespace portcullis::hmi {

ComplaintModel::ComplaintModel(OfficeClient& office, CaseModel& inspection_case,
                               SessionModel& session, QObject* parent)
    : QObject(parent), office_(office), case_(inspection_case), session_(session) {
  connect(&office_, &OfficeClient::complaint_answered, this,
          [this](bool ok, const QString& reason) {
            busy_ = false;
            say(ok ? tr("A ticket for maintenance is open.")
                   : tr("Not taken: %1").arg(words::lane(reason)));
          });
  connect(&case_, &CaseModel::changed, this, &ComplaintModel::changed);
  connect(&session_, &SessionModel::changed, this, &ComplaintModel::changed);
}

std::vector<std::pair<std::string, QString>> ComplaintModel::known_causes() {
  return {{"stripes", tr("stripes")},
          {"part_missing", tr("a part is missing")},
          {"blurred", tr("blurred")},
          {"noisy", tr("noisy")},
          {"wrong_colours", tr("wrong colours")},
          {"other", tr("another cause")}};
}

void ComplaintModel::begin() {
  say({});
}

void ComplaintModel::send(int cause, const QString& text) {
  const auto causes = known_causes();
  if (!allowed() || cause < 0 || cause >= static_cast<int>(causes.size())) return;
  const std::string& code = causes[static_cast<std::size_t>(cause)].first;
  if (code == "other" && text.trimmed().size() < 3)
    return say(tr("Another cause needs words that say which."));
  busy_ = true;
  office_.complain(case_.data().case_id, code, text, session_.name());
  say(tr("Being sent"));
}

QStringList ComplaintModel::causes() const {
  QStringList list;
  for (const auto& [code, said] : known_causes()) list << said;
  return list;
}

bool ComplaintModel::allowed() const {
  return !busy_ && case_.present() && session_.may("complain");
}

void ComplaintModel::say(const QString& message) {
  message_ = message;
  Q_EMIT changed();
}

}  // namespace portcullis::hmi
