// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/event_stream/command_log.hpp"

namespace hlx {

bool command_log::take(std::uint64_t number, const std::string& refusal,
                       command_answer& answer) {
  answer.number = number;
  bool execute = false;
  if (number == last_ + 1) {
    ++last_;
    execute = refusal.empty();
    answer.fate = execute ? command_fate::executed : command_fate::refused;
    answer.reason = refusal;
    if (!execute)
      refusals_.emplace(number, refusal);
    if (!refusals_.empty() && last_ - refusals_.begin()->first >= answers_max_)
      refusals_.erase(refusals_.begin());
  } else if (number > last_) {
    answer.fate = command_fate::gap;
    answer.reason = "command " + std::to_string(number)
                    + " came before command " + std::to_string(last_ + 1);
  } else {
    answer_repeat(number, answer);
  }
  answer.next_number = last_ + 1;
  return execute;
}

void command_log::answer_repeat(std::uint64_t number,
                                command_answer& answer) const {
  if (number == 0) {
    answer.fate = command_fate::refused;
    answer.reason = "commands are numbered from 1";
  } else if (last_ - number >= answers_max_) {
    answer.fate = command_fate::forgotten;
    answer.reason = "command " + std::to_string(number)
                    + " was answered before; the answers that are remembered "
                      "begin with command "
                    + std::to_string(last_ - answers_max_ + 1);
  } else if (const auto found = refusals_.find(number);
             found != refusals_.end()) {
    answer.fate = command_fate::refused;
    answer.reason = found->second;
  } else {
    answer.fate = command_fate::executed;
    answer.reason.clear();
  }
}

} // namespace hlx
