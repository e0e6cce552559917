// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/remote_execution_client/remote_execution_client.hpp"
#include "tests/kit/certificates.hpp"
#include "tests/socket/child_process.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace hlx::test {

constexpr std::int64_t notice_max_ms = 2'000;
constexpr std::int64_t resume_max_ms = 1'000;

/// Until everything is there, on a machine that is busy.
constexpr std::int64_t patience_ms = 15'000;

/// Made once: keys take time.
inline const kit::test_certificates& certificates() {
  static const kit::test_certificates result;
  return result;
}

inline node_security secured_by(const kit::test_certificates& x) {
  return {x.certificate_file(), x.key_file(), x.ca_file(), false};
}

inline node_security plaintext() {
  return {.plaintext = true};
}

/// The execution client's process.
class client_process {
public:
  explicit client_process(const node_security& security, std::uint16_t at = 0)
    : process_(command(security, at)) {
    const auto line = process_.wait_for_line("listening on ");
    BOOST_REQUIRE_MESSAGE(line, process_.errors());
    port =
      static_cast<std::uint16_t>(std::stoi(line->substr(line->rfind(':') + 1)));
  }

  void send_signal(int number) const { process_.send_signal(number); }

  /// Waits until it prints a line with that part.
  bool prints(const std::string& part) { return !next_line(part).empty(); }

  /// The next line with that part, or nothing in the end.
  std::string next_line(const std::string& part) {
    return process_.wait_for_line(part).value_or("");
  }

  std::size_t memory_peak_kib() const { return process_.memory_peak_kib(); }

  std::uint16_t port = 0;

private:
  static std::vector<std::string> command(const node_security& security,
                                          std::uint16_t at) {
    if (security.plaintext)
      return {HLX_GATED_NODE, std::to_string(at)};
    return {HLX_GATED_NODE, std::to_string(at), security.certificate_file,
            security.key_file, security.ca_file};
  }

  child_process process_;
};

/// For strategy S-1 of that process.
inline remote_client_options strategy_at(std::uint16_t port) {
  remote_client_options result;
  result.at = {"127.0.0.1", port};
  result.receiver.strategy.value = "S-1";
  return result;
}

} // namespace hlx::test
