// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/strategy.hpp"

#include <caf/others.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace hlx::test {

/// A STRATEGY that passes on all that it hears, so that a test can wait for it.
inline strategy_actor::behavior_type relaying_strategy(
  strategy_actor::pointer self, caf::actor sink) {
  return on_events([self, sink = std::move(sink)](const auto& x) {
    caf::unsafe_send_as(self, sink, x);
  });
}

/// Waits for the next message; it must be a T.
template <class T>
T expect(const caf::scoped_actor& self) {
  constexpr std::chrono::seconds patience{10};
  std::optional<T> result;
  std::string other;
  self->receive([&](const T& x) { result = x; },
                caf::others >>
                  [&](caf::message_view& x) -> caf::result<caf::message> {
                  other = caf::to_string(x.content());
                  return caf::message{};
                },
                caf::after(patience) >> [&] { other = "nothing in time"; });
  BOOST_REQUIRE_MESSAGE(result,
                        caf::type_name<T>::value << " expected: " << other);
  return *result;
}

} // namespace hlx::test
