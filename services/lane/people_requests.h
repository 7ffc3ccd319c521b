#pragma once

#include <cstddef>
#include <string>

#include "core/result.h"
#include "services/lane/lane_backend.h"

namespace portcullis::api::v1 {
class ChooseDeclarationRequest;
class DecideRequest;
class OverrideRequest;
}  // namespace portcullis::api::v1

/// What a person asks for in his name, checked before the lane is asked. `user` is who asks,
/// whatever the message says. Fails with kInvalidInput, naming the field. Private to services/lane.
namespace portcullis::services {

inline constexpr std::size_t kNameBytesMax = 128;
inline constexpr std::size_t kReasonBytesMax = 2000;

core::Result<DecisionRequest> decision_from(const api::v1::DecideRequest& request,
                                            const std::string& user);
core::Result<DecisionRequest> decision_from(const api::v1::OverrideRequest& request,
                                            const std::string& user);
core::Result<DeclarationChoice> choice_from(const api::v1::ChooseDeclarationRequest& request,
                                            const std::string& user);

}  // namespace portcullis::services
