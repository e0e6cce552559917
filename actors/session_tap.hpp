// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/http_submitter/submitter_state.hpp"
#include "hlx/messages/commands.hpp"
#include "hlx/messages/control.hpp"
#include "hlx/messages/reports.hpp"

#include <cstdint>
#include <string_view>
#include <variant>

namespace hlx {

/// What an execution client decides upon. Monostate: something that no other
/// alternative stands for.
using client_input =
  std::variant<std::monostate, const submit_order*, const submit_list*,
               const modify_order*, const cancel_order*, const cancel_orders*,
               const cancel_all*, const query_order*, const user_stream_update*,
               const stream_up*, const stream_down*, const request_outcome*,
               const info_answer*, const timer_due*>;

/// Listens in on one execution client and its children, for a record of the
/// session. The three actors call it on their own threads, and wait until it
/// returns. What it is given lives as long as the call.
class session_tap {
public:
  session_tap() = default;
  session_tap(const session_tap&) = delete;
  session_tap& operator=(const session_tap&) = delete;
  virtual ~session_tap() = default;

  /// The WEBSOCKET READER is about to hand on an update. `frame` is the text
  /// that it was decoded from; empty when it is a warning of the reader's own.
  virtual void update(std::string_view frame) = 0;

  /// The HTTP SUBMITTER is about to hand on an outcome or an answer. `raw` is
  /// what came from the network; nullptr when nothing did.
  virtual void outcome(const request_outcome& x,
                       const transmission_result* raw) = 0;
  virtual void answer(const info_answer& x, const transmission_result* raw) = 0;

  /// The EXECUTION CLIENT is about to handle an input at that time, Unix ms.
  /// In the order in which it handles them.
  virtual void handled(const client_input& x, std::int64_t now_ms) = 0;
};

} // namespace hlx
