// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/event_stream/stream_effects.hpp"
#include "hlx/messages/type_ids.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/fwd.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

/// Who understands which message. Hand out the narrowest alias that does.
namespace hlx {

/// STRATEGY: a user's own actor, the receiver of its orders' events. All but
/// stream_changed are numbered in `header.sequence`, from 1 without gaps.
using strategy_actor = caf::typed_actor<
  // The request is about to leave.
  caf::reacts_to<order_submitted>,
  // hlx refused the order; nothing was sent.
  caf::reacts_to<order_denied>,
  // The venue holds the order.
  caf::reacts_to<order_accepted>,
  // The venue refused the order, or it was never placed.
  caf::reacts_to<order_rejected>,
  // The trigger fired and the order now rests.
  caf::reacts_to<order_triggered>,
  // A modify took effect.
  caf::reacts_to<order_updated>,
  // One trade.
  caf::reacts_to<order_filled>,
  // The order ended without being filled completely.
  caf::reacts_to<order_canceled>,
  // The same, at its own end time.
  caf::reacts_to<order_expired>,
  // A modify did not take effect.
  caf::reacts_to<order_modify_rejected>,
  // A cancel did not take effect.
  caf::reacts_to<order_cancel_rejected>,
  // The user stream went down, or came back and is reconciled. Down is also
  // the last that it hears when another receiver takes its events over.
  caf::reacts_to<stream_changed>>;

/// REPORT LISTENER: hears what belongs to no strategy.
using report_listener_actor = caf::typed_actor<
  // The state of an order that this client did not submit, raw.
  caf::reacts_to<order_status_report>,
  // A trade of such an order, raw.
  caf::reacts_to<fill_report>,
  // Something was ignored or could not be understood.
  caf::reacts_to<client_warning>>;

/// MONITOR: a user's own actor that hears everything: the events of every
/// strategy, and what belongs to none.
using monitor_actor = strategy_actor::extend_with<report_listener_actor>;

/// EVENT RECEIVER: takes the numbered events of one strategy, and acknowledges
/// them to the sender.
using event_receiver_actor = caf::typed_actor<
  // The stream is open.
  caf::reacts_to<event_stream_opened>,
  // The next events.
  caf::reacts_to<event_batch>,
  // Nothing more comes.
  caf::reacts_to<event_stream_ended>,
  // What became of a numbered command.
  caf::reacts_to<command_answer>,
  // The user stream went down, or came back and is reconciled.
  caf::reacts_to<stream_changed>>;

/// What a strategy gets of the EXECUTION CLIENT: commands in, and where the
/// events go.
using order_entry_actor = caf::typed_actor<
  // Makes the actor the receiver of the strategy's events, in place of an
  // earlier one. A strategy subscribes before its first command.
  caf::reacts_to<caf::subscribe_atom, strategy_id, strategy_actor>,
  // Place one order.
  caf::reacts_to<submit_order>,
  // Place several in one action.
  caf::reacts_to<submit_list>,
  // Change quantity, price or both.
  caf::reacts_to<modify_order>,
  // End one order.
  caf::reacts_to<cancel_order>,
  // End several, in one action.
  caf::reacts_to<cancel_orders>,
  // End all orders of a strategy, or of an instrument.
  caf::reacts_to<cancel_all>,
  // Ask the venue about one order.
  caf::reacts_to<query_order>>;

/// What a strategy gets of it that wants its events acknowledged, or something
/// to happen when it is gone.
using stream_entry_actor = caf::typed_actor<
  // As in order_entry_actor, and what is to happen when the actor has ended.
  caf::reacts_to<caf::subscribe_atom, strategy_id, strategy_actor,
                 absence_terms>,
  // Opens the strategy's event stream to the actor. Answered to it.
  caf::reacts_to<open_event_stream, event_receiver_actor>,
  // Events are handled.
  caf::reacts_to<acknowledge_events>,
  // A command of an event stream. Answered to its receiver.
  caf::reacts_to<numbered_command>>;

/// What the WEBSOCKET READER and the HTTP SUBMITTER get of the EXECUTION
/// CLIENT. Plain messages, not responses: a late answer must not be dropped.
using venue_report_actor = caf::typed_actor<
  // One frame of the user stream, or one snapshot of it.
  caf::reacts_to<user_stream_update>,
  // Every subscription of the user stream is acknowledged.
  caf::reacts_to<stream_up>,
  // The user stream is interrupted.
  caf::reacts_to<stream_down>,
  // What became of a request: once, and once more when a reply comes late.
  caf::reacts_to<request_outcome>,
  // The answer to a query, once.
  caf::reacts_to<info_answer>>;

/// What a monitor gets of the EXECUTION CLIENT: it hears, and commands nothing.
using monitoring_actor = caf::typed_actor<
  // Adds a receiver of raw reports and warnings.
  caf::reacts_to<caf::subscribe_atom, report_listener_actor>,
  // Adds a receiver of all strategies' events, and of reports and warnings.
  caf::reacts_to<caf::subscribe_atom, monitor_actor>>;

/// EXECUTION CLIENT: one account's orders behind one mailbox.
using execution_client_actor =
  order_entry_actor::extend_with<stream_entry_actor>::
    extend_with<monitoring_actor>::extend_with<venue_report_actor>::extend<
      // Adds or refreshes an instrument.
      caf::reacts_to<instrument>,
      // Does something to the account, apart from orders.
      caf::replies_to<account_command>::with<account_result>,
      // A neighbour's warning, for the listeners.
      caf::reacts_to<client_warning>,
      // How it is.
      caf::replies_to<status_request>::with<client_status>>;

/// What a strategy in another process gets.
using strategy_entry_actor = order_entry_actor::extend_with<stream_entry_actor>;

/// LINKED STRATEGY: a STRATEGY in another process than the execution client.
using linked_strategy_actor = strategy_actor::extend<
  // The client can be reached; the events go on.
  caf::reacts_to<link_up>,
  // It cannot.
  caf::reacts_to<link_down>,
  // The client has ended the stream for good.
  caf::reacts_to<event_stream_ended>,
  // A command will not be executed, or only events can tell.
  caf::reacts_to<failed_command>>;

/// REMOTE EXECUTION CLIENT: stands for the execution client of another process.
using remote_client_actor = caf::typed_actor<
  // Where the strategy's events go. Connects.
  caf::reacts_to<caf::subscribe_atom, linked_strategy_actor>,
  // Commands, as for a local client.
  caf::reacts_to<submit_order>, caf::reacts_to<submit_list>,
  caf::reacts_to<modify_order>, caf::reacts_to<cancel_order>,
  caf::reacts_to<cancel_orders>, caf::reacts_to<cancel_all>,
  caf::reacts_to<query_order>,
  // The events up to `last_handled` are handled for good.
  caf::reacts_to<acknowledge_events>,
  // How the link is.
  caf::replies_to<status_request>::with<link_status>>;

/// RECEPTION: what a process publishes on its port. It hands out the handles
/// that strategies and monitors of other processes get, and nothing else.
using reception_actor = caf::typed_actor<
  // For one strategy's commands. An error for an unknown strategy.
  caf::replies_to<order_entry_request>::with<strategy_entry_actor>,
  // For listening.
  caf::replies_to<order_watch_request>::with<monitoring_actor>>;

/// HTTP SUBMITTER: the holder of the key; signs and sends.
using http_submitter_actor = caf::typed_actor<
  // Sign and send. Answered by request_outcome.
  caf::reacts_to<exchange_request>,
  // The same for what only the account's own key may sign.
  caf::reacts_to<user_signed_request>,
  // Ask. Answered by info_answer.
  caf::reacts_to<info_query>,
  // How it is.
  caf::replies_to<status_request>::with<submitter_status>>;

/// WEBSOCKET READER: keeps the user stream alive and decodes it.
using websocket_reader_actor = caf::typed_actor<
  // How it is.
  caf::replies_to<status_request>::with<reader_status>>;

/// Tells CAF every message and handle of hlx. Call it in the constructor of
/// the configuration, by its full name: `hlx::add_message_types(*this)`.
void add_message_types(caf::actor_system_config& config);

} // namespace hlx

/// The handles, which travel too. That of the execution client does not: other
/// processes get gates.
CAF_BEGIN_TYPE_ID_BLOCK(hlx_actors, caf::id_block::hlx_messages::end)

CAF_ADD_TYPE_ID(hlx_actors, (hlx::strategy_actor))
CAF_ADD_TYPE_ID(hlx_actors, (hlx::report_listener_actor))
CAF_ADD_TYPE_ID(hlx_actors, (hlx::order_entry_actor))
CAF_ADD_TYPE_ID(hlx_actors, (hlx::monitor_actor))
CAF_ADD_TYPE_ID(hlx_actors, (hlx::monitoring_actor))
CAF_ADD_TYPE_ID(hlx_actors, (hlx::event_receiver_actor))
CAF_ADD_TYPE_ID(hlx_actors, (hlx::stream_entry_actor))
CAF_ADD_TYPE_ID(hlx_actors, (hlx::reception_actor))
CAF_ADD_TYPE_ID(hlx_actors, (hlx::strategy_entry_actor))

CAF_END_TYPE_ID_BLOCK(hlx_actors)

// From the remote execution client to its strategy: one process.
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(hlx::failed_command)
