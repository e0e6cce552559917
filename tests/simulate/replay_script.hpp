// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_options.hpp"
#include "hlx/messages/commands.hpp"
#include "hlx/messages/ids.hpp"
#include "hlx/messages/requests.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// A replay script, read and checked: tests/README.md describes the format.
namespace hlx::simulate {

/// Longest line, and longest text in a command, in bytes.
inline constexpr std::size_t script_line_bytes_max = 64U << 20U;
inline constexpr std::size_t script_text_bytes_max = 64U << 10U;

/// Latest `at`, Unix ms: the actors' clock counts nanoseconds in 64 bits.
inline constexpr std::int64_t script_at_ms_max = 9'000'000'000'000;

/// Errors that are reported of one script; more are counted only.
inline constexpr std::size_t script_errors_max = 20;

/// The run's options.
struct script_config {
  /// The account of the run: that of the key below when nothing is said of
  /// either.
  address account;
  /// The key that signs: a fixed one for tests when nothing is said.
  bytes32 private_key;
  dispatch_options dispatch;
  /// The script is the record of a session: it begins with the session, only
  /// its `answer` lines answer queries, and the client's timers come when its
  /// `advance` lines say so.
  bool recorded = false;

  script_config();
};

/// What the venue answers to `orderStatus`.
struct order_status_table {
  /// The same for every id.
  std::optional<std::string> every;
  /// By oid (decimal digits) or cloid (lower case); others: unknownOid.
  std::map<std::string, std::string, std::less<>> by_id;
};

/// Instruments, as JSON text.
struct meta_step {
  listing_kind kind = listing_kind::perps;
  std::string body;
};

/// From now on these are the answers, as JSON text, by the query's type.
struct info_step {
  std::map<std::string, std::string, std::less<>> answers;
  std::optional<order_status_table> order_status;
};

using script_command =
  std::variant<submit_order, submit_list, modify_order, cancel_order,
               cancel_orders, cancel_all, query_order>;

/// The HTTP answer to a request.
struct reply_step {
  std::uint64_t request = 0;
  unsigned status = 200;
  std::string body;
};

enum class request_failure : std::uint8_t {
  timeout,           ///< No answer in time.
  closed_after_send, ///< The connection closed with the request written.
  not_sent,          ///< Never written.
};

struct failure_step {
  std::uint64_t request = 0;
  request_failure failure = request_failure::timeout;
  std::string reason; ///< Empty: what the failure is called.
};

/// The HTTP answer to an info query that has not been answered.
struct answer_step {
  std::uint64_t query = 0;
  unsigned status = 200;
  std::string body;
  std::string failure; ///< Not empty: there is no answer, and why.
};

/// A WebSocket frame as received.
struct frame_step {
  std::string text;
};

/// The user stream went down or came back.
struct stream_step {
  bool connected = false;
  std::string reason; ///< Why it went down; may be empty.
};

/// Nothing happens but time.
struct advance_step {};

using script_step =
  std::variant<meta_step, info_step, script_command, reply_step, failure_step,
               answer_step, frame_step, stream_step, advance_step>;

struct script_line {
  std::size_t number = 0; ///< In the file, from 1.
  std::int64_t at_ms = 0; ///< Never less than the line's before it.
  script_step step;
};

struct script {
  script_config config;
  std::vector<script_line> lines;
};

/// One thing that is wrong with a script.
struct script_error {
  std::size_t line = 0; ///< From 1.
  std::string text;     ///< What is wrong, and what is allowed.
};

struct parsed_script {
  script value;                     ///< Complete only without errors.
  std::vector<script_error> errors; ///< The first ones, in order.
  std::size_t error_count = 0;      ///< All of them.
};

/// Reads a whole script. In every string of a frame, a reply body or an info
/// answer, `$cloid(ID)` becomes the cloid of that client order id and
/// `$account` the account of the run.
parsed_script parse_script(std::string_view text);

} // namespace hlx::simulate
