// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Lines of replay scripts, for tests that make many of them. All are about
/// the BTC limit order O-1 of strategy S-1, a buy at 65000 unless said
/// otherwise, and times are ms after the run's start.
namespace hlx::scenario {

/// Unix ms of the run's start.
inline constexpr std::int64_t start_ms = 1'790'000'000'000;

/// What a line says, without its time.
using line_body = std::string;

/// One status change in a frame.
struct status_entry {
  std::uint64_t oid = 1001;
  std::string word;
  std::string remaining = "0.02";
  std::string original = "0.02";
  std::string price = "65000.0";
  std::int64_t at_ms = 0;
};

/// One trade in a frame.
struct trade_entry {
  std::uint64_t oid = 1001;
  std::uint64_t trade = 1;
  std::string quantity;
  std::string price = "65000.0";
  std::int64_t at_ms = 0;
};

/// The line at that time.
std::string at(std::int64_t ms, const line_body& body);

line_body submit(std::string_view quantity = "0.02",
                 std::string_view more_fields = {});
line_body modify(std::string_view price);
line_body cancel();
line_body statuses(const std::vector<status_entry>& entries);
line_body fills(const std::vector<trade_entry>& entries, bool snapshot = false);
line_body advance();

/// An answer with these elements of `statuses`.
line_body reply(int request, std::string_view elements);
line_body http_reply(int request, int status, std::string_view body);
line_body failure(int request, std::string_view word);
line_body stream(std::string_view word);
line_body info(std::string_view members);

/// An element of a reply's `statuses`.
std::string resting(std::uint64_t oid);
std::string filled(std::uint64_t oid, std::string_view total);
std::string error(std::string_view what);

/// An answer to orderStatus.
std::string order_status(const status_entry& entry);

/// The lines and an end late enough for each doubt to be resolved.
std::vector<std::string> with_end(std::vector<std::string> lines);

/// The order is submitted and rests as 1001 from 410 on; then these lines and
/// the end.
std::vector<std::string> resting_then(const std::vector<std::string>& more);

/// Runs the lines and returns what came out, parsed. Fails the test when the
/// script cannot be read.
std::vector<wire::json> run(const std::vector<std::string>& lines);

/// The order events among them, in short: "accepted 1001",
/// "filled 1001 0.005", "canceled 1001 canceled", "updated 1010 0.02 65010",
/// "modify_rejected <reason>".
std::vector<std::string> events(const std::vector<wire::json>& out);

/// The same for the lines.
std::vector<std::string> events_of(const std::vector<std::string>& lines);

/// The events after the first, which is submitted, with "; " between.
std::string heard(const std::vector<wire::json>& out);

/// How many lines of the output have a member of that name.
std::size_t count(const std::vector<wire::json>& out, std::string_view name);

} // namespace hlx::scenario
