// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/venue_address.hpp"
#include "hlx/messages/reports.hpp"
#include "hlx/messages/requests.hpp"
#include "hlx/messages/wire/decode_instruments.hpp"

#include <memory>
#include <stdexcept>

namespace hlx::daemon {

/// The venue could not be reached, or answered what cannot be used.
struct venue_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Asks the venue questions, one after the other, and waits for each answer:
/// for the start, before there are actors.
class info_client {
public:
  /// Longest wait for one answer.
  static constexpr std::int64_t timeout_ms = 5'000;

  /// Throws std::runtime_error when the loop or the trusted certificates
  /// cannot be set up.
  explicit info_client(const venue_address& venue);
  ~info_client();

  /// `account`: whose, where the query is about an account. Throws venue_error.
  info_answer_body ask(const info_query_body& query,
                       const address& account = {});

  /// The venue's perpetuals, without those of builders' dexes. Throws
  /// venue_error.
  wire::instruments_answer ask_instruments();

private:
  struct parts;

  std::unique_ptr<parts> parts_;
};

} // namespace hlx::daemon
