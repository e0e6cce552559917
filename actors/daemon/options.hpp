// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/daemon/quoter.hpp"
#include "hlx/actors/execution_client/dispatch/dispatch_options.hpp"
#include "hlx/actors/http_submitter/submitter_state.hpp"
#include "hlx/actors/nodes.hpp"
#include "hlx/actors/thread_placement.hpp"
#include "hlx/actors/venue_address.hpp"
#include "hlx/messages/signing/signature.hpp"
#include "hlx/messages/wire/decode_result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What `hlx run` can be told, and what it makes of it.
namespace hlx::daemon {

inline constexpr std::string_view mainnet_url = "https://api.hyperliquid.xyz";
inline constexpr std::string_view testnet_url =
  "https://api.hyperliquid-testnet.xyz";

/// Largest configuration file, in bytes.
inline constexpr std::size_t config_file_max = 65'536;

/// The options as they are written in the file or on the command line, with
/// their defaults. Section [hlx].
struct raw_options {
  bool mainnet = false; ///< Command line only.
  std::string url;
  std::string ca_file;
  std::string key_file;
  std::string key_environment;
  std::string account;
  std::string submit = "http";
  std::int64_t dead_man_switch_ms = 0;
  std::string builder;
  std::int64_t builder_fee = 0;
  // Section [node].
  std::string listen;
  std::string certificate_file;
  std::string node_key_file;
  std::string node_ca_file;
  bool plaintext = false;
  std::string strategies;
  std::int64_t heartbeat_ms = node_options{}.heartbeat_ms;
  std::int64_t give_up_ms = node_options{}.give_up_ms;
  // Section [threads]; -1: anywhere.
  std::int64_t client_processor = -1;
  std::int64_t reader_processor = -1;
  std::int64_t submitter_processor = -1;
  // Section [quoter].
  bool quoter_off = false;
  std::string instrument = "BTC";
  std::string quote_size = "0.001";
  std::string position_max = "0.003";
  std::string loss_max = "20";
  std::int64_t spread_bps = 10;
  std::int64_t requote_bps = 3;
  std::int64_t refresh_ms = 1000;
};

/// What one option may hold.
enum class option_kind : std::uint8_t { text, integer, boolean };

/// A key of the configuration file.
struct option_key {
  std::string_view section;
  std::string_view name;
  option_kind kind;
};

/// Every key that the file may have in hlx's own sections.
const std::vector<option_key>& option_keys();

/// The options after validation.
struct run_options {
  signing::network net = signing::network::testnet;
  venue_address venue;
  std::string key_file;        ///< Either this
  std::string key_environment; ///< or that.
  /// Whose orders are traded; absent: the key's own account, or the one that
  /// the key is an agent of.
  std::optional<address> account;
  submit_path path = submit_path::http;
  std::optional<hlx::builder_fee> builder;
  std::int64_t dead_man_switch_ms = 0; ///< 0: none.
  /// Where strategies of other processes may come; absent: nowhere.
  std::optional<node_address> listen;
  node_options node;
  std::vector<strategy_id> strategies; ///< Those that may; empty: any.
  thread_placement threads;
  bool quotes = true;     ///< Else only strategies of other processes trade.
  quoter_settings quoter; ///< Without the prefix of ids.
  std::int64_t refresh_ms = 1000;
};

/// Checks every option and says what is wrong with the first bad one, and what
/// is allowed.
wire::decode_result<run_options> validate(const raw_options& raw);

/// The options in one line each, for the log. Holds no secret.
std::string to_text(const run_options& x);

/// What CAF's lax reader would not say about the text of a configuration file:
/// unknown sections and keys, keys that come twice, values of a wrong type,
/// nesting that it cannot bear. Empty when all is well.
std::string objection_to_config(const std::string& text);

/// The same about the arguments of `hlx run` beside --config-file: unknown
/// options and values of a wrong type. CAF's own sections are CAF's to check.
std::string objection_to_arguments(const std::vector<std::string>& arguments);

} // namespace hlx::daemon
