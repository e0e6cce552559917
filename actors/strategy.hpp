// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace hlx {

namespace strategy_detail {

template <class... Fs>
struct overloaded : Fs... {
  using Fs::operator()...;
};

template <class... Fs>
overloaded(Fs...) -> overloaded<Fs...>;

/// Handles T if any of the callables takes it.
template <class T, class F>
auto handler(std::shared_ptr<F> callables) {
  return [callables](const T& x) {
    if constexpr (std::is_invocable_v<F&, const T&>)
      (*callables)(x);
  };
}

} // namespace strategy_detail

/// What a STRATEGY does with its events: each callable takes one of them by
/// const reference, a generic one takes all that no other takes. Events that
/// none takes are ignored.
template <class... Fs>
strategy_actor::behavior_type on_events(Fs... callables) {
  using strategy_detail::handler;
  const auto f = std::make_shared<strategy_detail::overloaded<Fs...>>(
    strategy_detail::overloaded{std::move(callables)...});
  return {
    handler<order_submitted>(f),       handler<order_denied>(f),
    handler<order_accepted>(f),        handler<order_rejected>(f),
    handler<order_triggered>(f),       handler<order_updated>(f),
    handler<order_filled>(f),          handler<order_canceled>(f),
    handler<order_expired>(f),         handler<order_modify_rejected>(f),
    handler<order_cancel_rejected>(f), handler<stream_changed>(f),
  };
}

} // namespace hlx
