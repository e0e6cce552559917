// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/event_stream/stream_publisher.hpp"
#include "hlx/actors/event_stream/stream_receiver.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

namespace hlx {

/// Event `number` of a strategy.
inline order_event numbered_event(std::uint64_t number,
                                  std::string strategy = "S-1") {
  order_canceled result;
  result.header.strategy.value = std::move(strategy);
  result.header.client_order_id.value = "O-" + std::to_string(number);
  result.header.sequence = number;
  return result;
}

inline strategy_command cancel(std::string id, std::string strategy = "S-1") {
  return cancel_order{{std::move(strategy)}, {std::move(id)}};
}

inline strategy_command query(std::string id) {
  return query_order{{"S-1"}, {std::move(id)}};
}

/// "1 2 3": the numbers of the events.
inline std::string numbers_of(const std::vector<order_event>& events) {
  std::string result;
  for (const auto& x : events) {
    if (!result.empty())
      result += ' ';
    result += std::to_string(header_of(x).sequence);
  }
  return result;
}

/// The effects of one kind, taken out of what one side let leave.
template <class T>
std::vector<T> take_all(receiver_effects& out) {
  std::vector<T> result;
  receiver_effects rest;
  for (auto& x : out)
    if (auto* found = std::get_if<T>(&x))
      result.push_back(std::move(*found));
    else
      rest.push_back(std::move(x));
  out = std::move(rest);
  return result;
}

inline constexpr std::int64_t start_ms = 1'000;

/// With short waits.
inline receiver_options quick_options() {
  receiver_options result;
  result.strategy.value = "S-1";
  result.window = 7;
  result.retry_ms = 50;
  result.probe_ms = 80;
  result.acknowledge_ms = 5;
  return result;
}

/// A publisher, and what it lets leave, by receiver.
struct publisher_fixture {
  static stream_options small_options() {
    stream_options result;
    result.log_max = 5;
    result.answers_max = 3;
    result.network = signing::network::testnet;
    result.account = address{{1, 2, 3}};
    return result;
  }

  stream_publisher publisher{small_options()};
  publisher_effects out;
  std::uint64_t last_event = 0;
  std::int64_t now_ms = start_ms;

  open_event_stream request(std::uint64_t last_handled,
                            std::uint64_t attempt = 1) {
    open_event_stream result;
    result.strategy.value = "S-1";
    result.attempt = attempt;
    result.last_handled = last_handled;
    result.window = 3;
    return result;
  }

  bool open(std::uint64_t receiver, const open_event_stream& x) {
    return publisher.open({receiver}, x, last_event, true, now_ms, out);
  }

  /// Publishes as many events.
  void publish(int count) {
    for (int i = 0; i < count; ++i) {
      auto event = numbered_event(++last_event);
      BOOST_REQUIRE(publisher.publish(event, now_ms, out));
    }
  }

  void acknowledge(std::uint64_t receiver, std::uint64_t session,
                   std::uint64_t number, bool probe = false) {
    publisher.acknowledge({receiver}, {{"S-1"}, session, number, probe}, now_ms,
                          out);
  }

  bool take(std::uint64_t receiver, std::uint64_t session, std::uint64_t number,
            strategy_command command = cancel("O-1")) {
    numbered_command x{{"S-1"}, session, number, std::move(command)};
    const bool result = publisher.take({receiver}, x, "", now_ms, out);
    taken = std::move(x.command);
    return result;
  }

  void gone(std::uint64_t receiver) {
    publisher.gone({receiver}, "killed", now_ms, out);
  }

  /// The only message there is, which is for that receiver.
  template <class T>
  T only(std::uint64_t receiver) {
    auto all = heard<T>(receiver);
    BOOST_REQUIRE_EQUAL(all.size(), 1u);
    return all[0];
  }

  /// Takes out what the receiver is sent of one kind.
  template <class T>
  std::vector<T> heard(std::uint64_t receiver) {
    std::vector<T> result;
    std::erase_if(out, [&](auto& x) {
      auto* message = std::get_if<to_receiver>(&x);
      if (!message || message->receiver.value != receiver)
        return false;
      auto* found = std::get_if<T>(&message->message);
      if (found)
        result.push_back(std::move(*found));
      return found != nullptr;
    });
    return result;
  }

  /// The numbers of all events that the receiver is sent.
  std::string events(std::uint64_t receiver) {
    std::vector<order_event> all;
    for (auto& batch : heard<event_batch>(receiver))
      for (auto& x : batch.events)
        all.push_back(std::move(x));
    return numbers_of(all);
  }

  std::string warnings() {
    std::string result;
    std::erase_if(out, [&](auto& x) {
      auto* warning = std::get_if<client_warning>(&x);
      if (warning)
        result += (result.empty() ? "" : "|") + warning->text;
      return warning != nullptr;
    });
    return result;
  }

  std::string failure(const open_event_stream& x) {
    BOOST_TEST(!open(9, x));
    const auto ended = only<event_stream_ended>(9);
    BOOST_TEST(ended.session == 0u);
    BOOST_TEST(ended.attempt == x.attempt);
    why = ended.why;
    return ended.reason;
  }

  bool cancels_all() {
    publisher.timers_due(now_ms, out);
    return std::erase_if(out,
                         [](const auto& x) {
                           auto* command = std::get_if<cancel_all>(&x);
                           return command && command->strategy.value == "S-1"
                                  && !command->instrument;
                         })
           == 1;
  }

  strategy_command taken;
  stream_end why = stream_end::taken_over;
};

} // namespace hlx
