#include "hmi/models/session_model.h"

#include <algorithm>
#include <utility>

#include "hmi/models/lane_client.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

constexpr std::chrono::seconds kTellEvery{30};

}  // namespace

SessionModel::SessionModel(const core::Clock& clock, LaneClient& client, QString own_name,
                           QObject* parent)
    : QObject(parent), clock_(clock), client_(client), own_name_(std::move(own_name)) {
  connect(&client_, &LaneClient::login_answered, this,
          [this](bool ok, const QString& reason, const SessionData& session) {
            busy_ = false;
            message_ = ok ? QString() : words::sentence(words::lane(reason));
            if (ok) session_ = session;
            told_ = clock_.now();
            Q_EMIT changed();
          });
  connect(&client_, &LaneClient::session_ended, this, [this](const QString& reason) {
    session_.reset();
    message_ = reason.isEmpty() ? QString() : words::sentence(words::lane(reason));
    Q_EMIT changed();
    Q_EMIT left();
  });
}

void SessionModel::login(const QString& name, const QString& password, const QString& reason) {
  if (busy_ || !locked()) return;
  busy_ = true;
  message_.clear();
  client_.login(name, password, reason);
  Q_EMIT changed();
}

void SessionModel::lock() {
  if (accounts_ && session_) client_.logout();
}

bool SessionModel::active() {
  if (!accounts_ || !session_ || clock_.now() - told_ < kTellEvery) return false;
  told_ = clock_.now();
  client_.keep_session();
  return true;
}

void SessionModel::take(const StatusData& status) {
  if (status.accounts == accounts_) return;
  accounts_ = status.accounts;
  Q_EMIT changed();
  if (locked()) Q_EMIT left();
}

QString SessionModel::name() const {
  if (!accounts_) return own_name_;
  return session_ ? QString::fromStdString(session_->name) : QString();
}

bool SessionModel::may(const char* right) const {
  if (!accounts_) return true;
  return session_ && std::find(session_->rights.begin(), session_->rights.end(), right) !=
                         session_->rights.end();
}

}  // namespace portcullis::hmi
