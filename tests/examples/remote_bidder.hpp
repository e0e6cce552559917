// SPDX-License-Identifier: BSD-3-Clause
// A strategy in another process than the execution client: it bids once, and
// writes down what it was filled before it says that it has handled it. After a
// crash it begins with what was written down, and the events go on behind that.
#pragma once

#include "hlx/actors/remote_execution_client/remote_execution_client.hpp"
#include "hlx/actors/strategy.hpp"

#include <functional>
#include <memory>

/// What has to outlive the process, in one piece.
struct bidder_memory {
  std::uint64_t last_handled = 0;
  hlx::quantity filled;
};

struct bidder_world {
  std::function<void(const bidder_memory&)> save;      ///< Atomically.
  std::function<void(const std::string&)> tell_humans; ///< Never silently.
};

// [begin remote_bidder]
inline hlx::linked_strategy_actor::behavior_type remote_bidder(
  hlx::linked_strategy_actor::pointer self,
  const hlx::remote_client_actor& client, const hlx::order_terms& bid,
  const bidder_memory& known, const bidder_world& world) {
  self->send(client, caf::subscribe_atom_v, hlx::linked_strategy_actor{self});
  if (known.last_handled == 0) // Held while the link is down.
    self->send(client, hlx::submit_order{{}, bid});
  const auto memory = std::make_shared<bidder_memory>(known);
  const auto handled = [=](const hlx::event_header& x) {
    memory->last_handled = x.sequence;
    world.save(*memory);
    self->send(client, hlx::acknowledge_events{x.strategy, 0, x.sequence});
  };
  return hlx::handlers_of<hlx::linked_strategy_actor>(
    [=](const hlx::order_filled& x) {
      memory->filled += x.last_quantity;
      handled(x.header);
    },
    [=](const hlx::link_up&) { world.tell_humans("the link is up"); },
    [=](const hlx::link_down& x) { world.tell_humans(x.reason); },
    [=](const hlx::event_stream_ended& x) {
      world.tell_humans(x.reason);
      self->quit(); // Its books may be wrong.
    },
    [=](const hlx::failed_command& x) { world.tell_humans(x.reason); },
    [](const hlx::stream_changed&) {},
    [=](const auto& event) { handled(event.header); });
}

/// Whose events go on behind what is written down.
inline hlx::remote_client_options options_of(const bidder_memory& known,
                                             const hlx::node_address& at) {
  hlx::remote_client_options result;
  result.at = at;
  result.receiver.strategy.value = "bidder";
  result.last_handled = known.last_handled;
  result.strategy_acknowledges = true;
  return result;
}
// [end remote_bidder]
