// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <atomic>
#include <cstdio>
#include <string>
#include <string_view>

namespace hlx::simulate {

/// Writes to a stream of the C library, and knows whether all of it arrived.
/// What several threads write stays whole.
class checked_output {
public:
  /// The stream outlives this object; `name` is what failures call it.
  checked_output(std::FILE* stream, std::string name);

  /// Hands `text` on to the system at once.
  void write(std::string_view text);

  /// "NAME: REASON" of the first text that was lost; empty: none was.
  std::string failure() const;

private:
  std::FILE* stream_;
  std::string name_;
  std::atomic<int> error_{0}; ///< An errno; 0: none.
};

/// Where results go.
checked_output standard_output();

} // namespace hlx::simulate
