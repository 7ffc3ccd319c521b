#include "apps/portcullis/read_password.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "access/password.h"

namespace portcullis::apps {

namespace {

/// Keys are not shown while it lives, where the input is a terminal.
class HiddenInput {
 public:
  HiddenInput() : terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!terminal_) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  ~HiddenInput() {
    if (terminal_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;
  [[nodiscard]] bool terminal() const { return terminal_; }

 private:
  termios before_{};
  bool terminal_;
};

}  // namespace

core::Result<std::string> read_password(PasswordEntry entry) {
  const HiddenInput input;
  const auto line = [&](const char* prompt, std::string& text) {
    if (input.terminal()) std::fputs(prompt, stderr);
    const bool read = static_cast<bool>(std::getline(std::cin, text));
    if (input.terminal()) std::fputc('\n', stderr);
    return read;
  };
  std::string first, second;
  if (!line("Password: ", first)) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       "no password came: type it, or give it as a line of standard input"};
  }
  if (!input.terminal() || entry == PasswordEntry::kOnce) return first;
  line("The same again: ", second);
  const bool same = first == second;
  access::wipe(second);
  if (!same) {
    access::wipe(first);
    return core::Error{core::ErrorCode::kInvalidInput, "the two passwords are not the same"};
  }
  return first;
}

}  // namespace portcullis::apps
