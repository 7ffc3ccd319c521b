#pragma once

#include <string>
#include <string_view>

#include "report/words.h"

namespace portcullis::report {

/// What the machine said in an English sentence (a finding's, a check's, a verdict's reason), in
/// the report's language: by the table of sentences that the screens use, some of them with places
/// for figures and names. What is not in the table stays as it was recorded: an English sentence
/// is better than none. Threading: thread-safe.
std::string say_sentences(Language language, std::string_view english);

/// Whether all of it is known in that language (of what stands in places nothing needs to be).
bool knows_sentences(Language language, std::string_view english);

}  // namespace portcullis::report
