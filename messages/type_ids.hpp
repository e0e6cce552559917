// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/account_commands.hpp"
#include "hlx/messages/commands.hpp"
#include "hlx/messages/control.hpp"
#include "hlx/messages/event_streams.hpp"
#include "hlx/messages/events.hpp"
#include "hlx/messages/instruments.hpp"
#include "hlx/messages/nodes.hpp"
#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"

#include <caf/type_id.hpp>

/// Every message of hlx, for CAF. A message that is not listed here works
/// inside one process and fails on the network. The names travel: a shipped
/// one never changes. The block of the handles is in actors/interfaces.hpp;
/// a user's own block starts at caf::id_block::hlx_actors::end.
CAF_BEGIN_TYPE_ID_BLOCK(hlx_messages, caf::first_custom_type_id)

// Names and nouns that stand alone in a message.
CAF_ADD_TYPE_ID(hlx_messages, (hlx::strategy_id))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::instrument))

// Commands.
CAF_ADD_TYPE_ID(hlx_messages, (hlx::submit_order))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::submit_list))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::modify_order))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::cancel_order))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::cancel_all))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::query_order))

// Events.
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_submitted))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_denied))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_accepted))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_rejected))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_triggered))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_updated))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_filled))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_canceled))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_expired))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_modify_rejected))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_cancel_rejected))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::stream_changed))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::client_warning))

// Reports.
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_status_report))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::fill_report))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::user_stream_update))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::stream_up))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::stream_down))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::request_outcome))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::info_answer))

// Requests.
CAF_ADD_TYPE_ID(hlx_messages, (hlx::exchange_request))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::info_query))

// Control.
CAF_ADD_TYPE_ID(hlx_messages, (hlx::status_request))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::client_status))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::submitter_status))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::reader_status))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::timer_due))

// The account, apart from orders.
CAF_ADD_TYPE_ID(hlx_messages, (hlx::account_command))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::account_result))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::user_signed_request))
// Between processes.
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_entry_request))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::order_watch_request))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::link_up))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::link_down))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::link_status))

// Event streams.
CAF_ADD_TYPE_ID(hlx_messages, (hlx::absence_terms))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::open_event_stream))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::event_stream_opened))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::event_batch))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::acknowledge_events))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::event_stream_ended))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::numbered_command))
CAF_ADD_TYPE_ID(hlx_messages, (hlx::command_answer))

// A command.
CAF_ADD_TYPE_ID(hlx_messages, (hlx::cancel_orders))

CAF_END_TYPE_ID_BLOCK(hlx_messages)
