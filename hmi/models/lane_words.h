#pragma once

#include <QString>
#include <string>

/// What the lane says in English sentences, in the language of the screen.
///
/// The lane's API has codes for states, findings, checks, decisions and refusals of no lane; what
/// it has no code for it says in words. Those that it is known to say are in a table here, some
/// with places for figures and names; the lane's own tables are checked against it in the tests.
/// What is not in the table is shown as it came: an English sentence is better than none.
namespace portcullis::hmi::words {

/// In the language of the screen; as it is where nothing is known of it.
QString lane(const std::string& utf8);
QString lane(const QString& english);
/// Whether something is known of all of it (of what stands in its places, nothing needs to be).
bool lane_knows(const QString& english);

/// Foreign text within a sentence: it keeps its own direction and disturbs none around it
/// (Unicode's first strong isolate). Unchanged where all is left to right.
QString isolated(const QString& text);
/// A number, plate, reference or code within a sentence: left to right in every script.
QString code(const QString& text);

}  // namespace portcullis::hmi::words
