#include "hmi/models/reference_model.h"

#include <algorithm>

#include "hmi/models/case_model.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/office_client.h"
#include "hmi/models/session_model.h"

namespace portcullis::hmi {
namespace {

constexpr std::size_t kChaptersMax = 8;  // digits 2 to 9

}  // namespace

ReferenceModel::ReferenceModel(OfficeClient& office, CaseModel& inspection_case,
                               SessionModel& session, QObject* parent)
    : QObject(parent), office_(office), case_(inspection_case), session_(session) {
  connect(&office_, &OfficeClient::reference_answered, this,
          [this](bool ok, const QString& reason) {
            busy_ = false;
            say(ok ? tr("Kept.") : tr("Not taken: %1").arg(words::lane(reason)));
          });
  connect(&case_, &CaseModel::changed, this, &ReferenceModel::changed);
  connect(&session_, &SessionModel::changed, this, &ReferenceModel::changed);
}

std::vector<std::string> ReferenceModel::chapters() const {
  std::vector<std::string> list;
  for (const DeclarationData& declared : case_.data().declarations) {
    for (const core::DeclaredItem& item : declared.declaration.items) {
      if (item.hs_code.size() < 2 || list.size() == kChaptersMax) continue;
      const std::string chapter = item.hs_code.substr(0, 2);
      if (std::find(list.begin(), list.end(), chapter) == list.end()) list.push_back(chapter);
    }
  }
  return list;
}

QStringList ReferenceModel::choices() const {
  QStringList list{tr("an empty container")};
  for (const std::string& chapter : chapters())
    list << tr("goods of chapter %1").arg(words::code(QString::fromStdString(chapter)));
  return list;
}

void ReferenceModel::begin() {
  if (!busy_) say({});
}

void ReferenceModel::choose(int number) {
  const auto known = chapters();
  if (!allowed() || number < 0 || number > static_cast<int>(known.size()) + 1) return;
  busy_ = true;
  const bool goods = number > 1;
  office_.set_reference(case_.data().case_id,
                        goods         ? "goods"
                        : number == 1 ? "empty"
                                      : "none",
                        goods ? known[static_cast<std::size_t>(number) - 2] : std::string(),
                        session_.name());
  say(tr("Being sent"));
}

bool ReferenceModel::allowed() const {
  return !busy_ && case_.present() && blocked().isEmpty();
}

QString ReferenceModel::blocked() const {
  if (!session_.may("keep_references")) return tr("A supervisor keeps references.");
  if (!case_.decided()) return tr("The case can be a reference when it is decided.");
  return {};
}

void ReferenceModel::say(const QString& message) {
  message_ = message;
  Q_EMIT changed();
}

}  // namespace portcullis::hmi
