// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/checked_output.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace hlx::simulate {

checked_output::checked_output(std::FILE* stream, std::string name)
  : stream_(stream), name_(std::move(name)) {
}

void checked_output::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stream_) == text.size()
      && std::fflush(stream_) == 0)
    return;
  int none = 0;
  error_.compare_exchange_strong(none, errno);
}

std::string checked_output::failure() const {
  const int error = error_;
  return error == 0 ? std::string{}
                    : name_ + ": " + std::generic_category().message(error);
}

checked_output standard_output() {
  return {stdout, "standard output"};
}

} // namespace hlx::simulate
