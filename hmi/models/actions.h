#pragma once

#include <vector>

namespace portcullis::hmi {

/// One thing the officer can do: its name, its key, and the words of the shortcut sheet.
struct Action {
  const char* id;
  int key;             ///< Qt::Key where the platform gives no scan code.
  unsigned scan_code;  ///< X key code of that physical key on a PC keyboard; 0: none.
  const char* label;   ///< What is printed on the button.
  const char* text;    ///< For the shortcut sheet; null: not listed.
  const char* group;
  bool control = false;  ///< With the control key.
};
const std::vector<Action>& actions();

}  // namespace portcullis::hmi
