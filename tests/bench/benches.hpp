// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

/// The benchmarks of hlx. Each function registers its own with Google
/// Benchmark and returns their names, in the order in which they are to run.
namespace hlx::bench {

/// `signature`: one libsecp256k1 recoverable signature, the unit of the
/// others, since machines differ and change pace.
std::vector<std::string> register_signature();

/// `order_life` (5 events), `replacement`, `stale_cancel`, `duplicate_trade`:
/// what the dispatch state does with reports.
std::vector<std::string> register_dispatch();

/// `decode_order_update`, `decode_fill`, `decode_2000_fills`, `decode_reply`:
/// text -> reports, without what is made of them.
std::vector<std::string> register_decode();

/// `order_update_frame_N`, `completing_fill_frame_N`: the text of a frame ->
/// the event, with N other open orders.
std::vector<std::string> register_frames();

/// `frame_to_strategy`: the last byte of a frame -> the strategy's handler,
/// through real sockets and actors; `frame_to_strategy_beside_frozen`: the same
/// while another strategy of the same process handles none of its events.
std::vector<std::string> register_wake();

/// `post_round_trip`: a strategy's order -> WebSocket post over TLS -> the
/// venue's answer -> the strategy's handler.
std::vector<std::string> register_post();

/// `remote_event`, `remote_command`, `remote_events_per_second`: between an
/// execution client and a strategy of another actor system, by BASP; beside
/// them what BASP alone takes for the same message.
std::vector<std::string> register_remote();

/// `order_to_signed`: a limit order -> signed bytes, ready to send.
std::vector<std::string> register_order_to_signed();

} // namespace hlx::bench
