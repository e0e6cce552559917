// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/event_stream/stream_options.hpp"
#include "hlx/actors/execution_client/dispatch/dispatch_options.hpp"
#include "hlx/actors/http_submitter/submitter_state.hpp"
#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/session_tap.hpp"
#include "hlx/actors/thread_placement.hpp"
#include "hlx/actors/websocket_reader/link_state.hpp"
#include "hlx/messages/instruments.hpp"
#include "hlx/messages/signing/signer.hpp"

#include <caf/expected.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hlx {

/// Those that are off where nothing but orders is looked at.
inline dispatch_options production_options() {
  dispatch_options result;
  result.refresh_instruments = true;
  return result;
}

/// What a user says about one account at one venue. Only `key` has no default.
struct client_options {
  /// "https://host" or "http://host:port"; the user stream is at its /ws.
  std::string url = "https://api.hyperliquid-testnet.xyz";
  std::string ca_file; ///< PEM; trusted beside the system's authorities.
  signing::network network = signing::network::testnet;

  /// Signs: the account's own key, or an agent's, which is safer.
  std::shared_ptr<const signing::signer> key;
  /// Whose orders are traded: an account, a sub-account or a vault. Empty: the
  /// key's own account, or the one that the key is an agent of.
  std::optional<address> account;

  /// Empty: all that the venue lists is asked for at the start.
  std::vector<instrument> instruments;
  /// Perpetuals of builders to ask for beside the venue's own.
  std::vector<std::string> dexes;

  /// Whether orders that the venue's rate limits would refuse are denied, and
  /// cancels keep a reserve: dispatch.budget. Clients that share a host divide
  /// its weight by weight_max there.
  bool limits = true;
  /// Account and network in it are set from what is above.
  stream_options streams;
  dispatch_options dispatch = production_options();
  /// Account, vault and network in these two are set from what is above.
  submitter_options submitter;
  link_options link;

  /// How long each question of the start may take.
  std::chrono::milliseconds start_timeout{5'000};
  /// Whether the execution client has a thread of its own: faster.
  bool own_thread = true;
  /// Without a thread of its own the client stays wherever it is scheduled.
  thread_placement threads;
  /// Hears everything that the client and its children do; may be nullptr.
  std::shared_ptr<session_tap> tap;
};

/// Starts an EXECUTION CLIENT with its HTTP SUBMITTER and WEBSOCKET READER.
/// Asks the venue before that for its clock, the key's role and, unless given,
/// the instruments: blocks for as long, so it is not for actors that share
/// their thread. The error says in a sentence what is wrong: an address that
/// cannot be reached, a certificate that does not fit, a key of another
/// account, a clock that is off, a processor that there is not (text_of).
///
/// End it by stop(), or by `send_exit` with `user_shutdown`.
caf::expected<execution_client_actor> spawn_execution_client(
  caf::actor_system& system, client_options options);

/// Ends the client and waits until it and both its children have ended, their
/// sockets closed. False when that took longer than `timeout`. Open orders stay
/// at the venue. Blocks: not for actors that share their thread.
bool stop(caf::actor_system& system, const execution_client_actor& client,
          std::chrono::milliseconds timeout = std::chrono::seconds{10});

/// The sentence in an error of spawn_execution_client().
std::string text_of(const caf::error& error);

} // namespace hlx
