#include "lane/pending.h"

namespace portcullis::lane {

std::shared_ptr<Pending> pending_command(Command command, const std::string& user) {
  auto pending = std::make_shared<Pending>();
  pending->event.kind = Event::Kind::kCommand;
  pending->event.command = command;
  pending->user = user;
  return pending;
}

std::shared_ptr<Pending> pending_decision(const LaneDecision& decision) {
  auto pending = std::make_shared<Pending>();
  pending->event.kind = Event::Kind::kDecision;
  pending->event.decision.kind = decision.kind;
  pending->event.decision.two_officers =
      !decision.second_officer.empty() && decision.second_officer != decision.officer;
  pending->event.decision.radiation_adjudicated = decision.radiation_adjudicated;
  pending->decision = decision;
  pending->user = decision.officer;
  return pending;
}

}  // namespace portcullis::lane
