// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/requests.hpp"
#include "tests/simulate/replay_script.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace hlx::simulate {

/// What the venue of a script answers to info queries: a flat, funded master
/// account without orders, the default instruments, and what the script sets.
class scripted_venue {
public:
  explicit scripted_venue(const address& account);

  /// From now on these are the answers.
  void set(const info_step& step);

  /// From now on this is the list of its instruments.
  void set(const meta_step& step);

  /// The answer's body, or nothing: it never comes.
  std::optional<std::string> answer_to(const info_query_body& query,
                                       std::int64_t now_ms) const;

private:
  std::string answer_to(const order_status_query& query) const;

  address account_;
  std::map<std::string, std::string, std::less<>> answers_;
  order_status_table order_status_;
  /// By kind; those of the venue's own dex.
  std::array<std::string, 3> listings_;
};

} // namespace hlx::simulate
