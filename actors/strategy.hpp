// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace hlx {

namespace handlers_detail {

template <class... Fs>
struct overloaded : Fs... {
  using Fs::operator()...;
};

template <class... Fs>
overloaded(Fs...) -> overloaded<Fs...>;

/// One entry of an interface: what it takes, and what it returns.
template <class Signature>
struct entry;

template <template <class...> class Entry, template <class...> class List,
          class... Ts, class Result>
struct entry<Entry<List<Ts...>, Result>> {
  /// Handles it if any of the callables takes it.
  template <class F>
  static auto handler(std::shared_ptr<F> callables) {
    return [callables](const Ts&... xs) -> decltype(auto) {
      if constexpr (std::is_invocable_v<F&, const Ts&...>)
        return (*callables)(xs...);
    };
  }
};

template <class Signatures>
struct interface;

template <template <class...> class List, class... Signatures>
struct interface<List<Signatures...>> {
  template <class Behavior, class F>
  static Behavior behavior(const std::shared_ptr<F>& callables) {
    return {entry<Signatures>::handler(callables)...};
  }
};

} // namespace handlers_detail

/// The handlers of an actor that conforms to Handle, one of the aliases of
/// interfaces.hpp or a combination of them: each callable takes one of its
/// messages by const reference, a generic one takes all that no other takes.
/// Messages that none takes are ignored; what is to be replied to must be
/// taken.
template <class Handle, class... Fs>
typename Handle::behavior_type handlers_of(Fs... callables) {
  using namespace handlers_detail;
  const auto f =
    std::make_shared<overloaded<Fs...>>(overloaded{std::move(callables)...});
  return interface<typename Handle::signatures>::template behavior<
    typename Handle::behavior_type>(f);
}

/// What a STRATEGY does with its events.
template <class... Fs>
strategy_actor::behavior_type on_events(Fs... callables) {
  return handlers_of<strategy_actor>(std::move(callables)...);
}

/// What a MONITOR does with all that it hears.
template <class... Fs>
monitor_actor::behavior_type on_everything(Fs... callables) {
  return handlers_of<monitor_actor>(std::move(callables)...);
}

} // namespace hlx
