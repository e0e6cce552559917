// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/event_streams.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace hlx {

/// Which numbered commands of one strategy were taken, and what the newest of
/// them were answered: so that each is executed at most once.
class command_log {
public:
  /// `answers_max`: how many answers are kept.
  explicit command_log(std::size_t answers_max) : answers_max_(answers_max) {}

  /// The newest command that was taken; 0: none.
  std::uint64_t last() const { return last_; }

  /// Takes the command if it is the next, and fills in `answer`: true when it
  /// is to be executed. `refusal`: why it is not to be, even if it is the next.
  bool take(std::uint64_t number, const std::string& refusal,
            command_answer& answer);

private:
  void answer_repeat(std::uint64_t number, command_answer& answer) const;

  std::size_t answers_max_;
  std::uint64_t last_ = 0;
  /// The refused ones among the answers that are kept.
  std::map<std::uint64_t, std::string> refusals_;
};

} // namespace hlx
