// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/event_streams.hpp"

#include <variant>
#include <vector>

namespace hlx {

/// Names a receiver of events, plain or of a stream, while it is known to the
/// execution client. 0: somebody who is not.
using receiver_id = number_id<struct receiver_id_tag>;

/// A message for one receiver.
struct to_receiver {
  receiver_id receiver;
  std::variant<event_stream_opened, event_batch, event_stream_ended,
               command_answer, stream_changed>
    message;

  friend bool operator==(const to_receiver&, const to_receiver&) = default;
};

/// One thing that leaves the publisher: a message; a command to execute for a
/// strategy that is gone; a warning for whoever listens.
using publisher_effect = std::variant<to_receiver, cancel_all, client_warning>;

/// What one input caused, in the order in which it is to leave.
using publisher_effects = std::vector<publisher_effect>;

/// A command of this side's strategy that will not be executed, or whose fate
/// only the events can tell; the sentence says which.
struct failed_command {
  strategy_command command;
  std::string reason;

  friend bool operator==(const failed_command&,
                         const failed_command&) = default;
};

/// One thing that leaves the receiver. For the client: open_event_stream,
/// acknowledge_events, numbered_command. For the strategy: the others.
using receiver_effect =
  std::variant<open_event_stream, acknowledge_events, numbered_command,
               order_event, event_stream_opened, event_stream_ended,
               failed_command>;

using receiver_effects = std::vector<receiver_effect>;

} // namespace hlx
