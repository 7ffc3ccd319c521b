#include "hmi/models/identity_model.h"

#include <QStringList>

#include "hmi/models/case_model.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/session_model.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {

IdentityModel::IdentityModel(LaneClient& lane, CaseModel& inspection_case, SessionModel& session,
                             QObject* parent)
    : QObject(parent), lane_(lane), case_(inspection_case), session_(session) {
  connect(&lane_, &LaneClient::identity_answered, this, [this](bool ok, const QString& reason) {
    busy_ = false;
    tell(ok ? QString() : tr("Not taken: %1").arg(words::lane(reason)));
  });
  connect(&case_, &CaseModel::changed, this, &IdentityModel::changed);
  connect(&session_, &SessionModel::changed, this, &IdentityModel::changed);
}

void IdentityModel::begin() {
  busy_ = false;
  tell({});
}

void IdentityModel::say(const QString& plate, const QString& first, const QString& second) {
  if (!allowed()) return;
  IdentityData said{case_.data().case_id, plate.trimmed().toStdString(), {}};
  for (const QString& number : {first, second})
    if (!number.trimmed().isEmpty()) said.containers.push_back(number.trimmed().toStdString());
  busy_ = true;
  tell(tr("Being sent"));
  lane_.correct_identity(said, false, session_.name());
}

void IdentityModel::confirm() {
  if (!may_confirm()) return;
  const auto& proposed = case_.data().identity_proposed;
  busy_ = true;
  tell(tr("Being sent"));
  lane_.correct_identity({case_.data().case_id, proposed->plate, proposed->containers}, true,
                         session_.name());
}

bool IdentityModel::allowed() const {
  return !busy_ && case_.present() && case_.has_report() && session_.may("identify");
}

bool IdentityModel::may_confirm() const {
  const auto& proposed = case_.data().identity_proposed;
  return allowed() && proposed && proposed->by != session_.name().toStdString();
}

QString IdentityModel::proposed() const {
  const auto& proposed = case_.data().identity_proposed;
  if (!proposed) return {};
  QStringList parts;
  for (const std::string& number : proposed->containers)
    parts << words::isolated(words::code(words::text(number)));
  if (!proposed->plate.empty())
    parts << tr("plate %1").arg(words::isolated(words::code(words::text(proposed->plate))));
  return tr("%1 says: %2. A second person has to confirm it.")
      .arg(words::isolated(words::text(proposed->by)), parts.join(QStringLiteral(", ")));
}

QString IdentityModel::plate() const {
  return words::text(case_.data().vehicle_plate);
}

QString IdentityModel::container(std::size_t place) const {
  const auto& numbers = case_.data().container_numbers;
  return place < numbers.size() ? words::text(numbers[place]) : QString();
}

void IdentityModel::tell(const QString& message) {
  message_ = message;
  Q_EMIT changed();
}

}  // namespace portcullis::hmi
