// SPDX-License-Identifier: BSD-3-Clause
#include "tests/socket/strategy_node.hpp"

#include <iostream>
#include <string>
#include <vector>

/// A process for tests: strategy S-1, linked to a GATED NODE of this machine in
/// plaintext, with an order O-1 that is held there, and O-2 that is denied. Its
/// orders are to be canceled when it has been gone for so many ms. Prints how
/// often the link has come up.
///
///   linked_node PORT ABSENCE_MS
int main(int argc, char** argv) {
  using namespace hlx;
  const std::vector<std::string> arguments{argv + 1, argv + argc};
  if (arguments.size() != 2)
    return 2;
  remote_client_options options;
  options.at = {"127.0.0.1",
                static_cast<std::uint16_t>(std::stoi(arguments[0]))};
  options.receiver.strategy.value = "S-1";
  options.receiver.absence = {absence_policy::cancel_all,
                              std::stoll(arguments[1])};
  test::strategy_node node{{.plaintext = true}, options};
  node.submit("O-1", "BTC");
  node.submit("O-2");
  constexpr std::int64_t one_day_ms = 86'400'000;
  for (std::size_t links = 1;; ++links) {
    const auto is_up = [links](const test::linked_log& x) {
      return x.ups.size() >= links;
    };
    if (node.log->wait(is_up, one_day_ms) >= 0)
      std::cout << "link " << links << " is up" << std::endl;
  }
}
