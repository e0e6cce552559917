// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/event_stream/stream_publisher.hpp"

#include <algorithm>
#include <utility>

namespace hlx {

namespace {

/// Most strategies whose streams are kept.
constexpr std::size_t strategies_max = 10'000;

/// Longest time that a strategy may want to be gone before its orders are
/// canceled: 30 days.
constexpr std::int64_t absence_max_ms = 30LL * 24 * 3'600 * 1'000;

std::string_view name_of(signing::network x) {
  return x == signing::network::mainnet ? "mainnet" : "testnet";
}

std::string names_of(const std::vector<strategy_id>& strategies) {
  std::string result;
  for (const auto& x : strategies)
    result += (result.empty() ? "" : ", ") + x.value;
  return result;
}

/// What is wrong with the terms, or nothing.
std::string check(const absence_terms& x) {
  if (x.policy != absence_policy::keep
      && x.policy != absence_policy::cancel_all)
    return "the absence policy is unknown: number "
           + std::to_string(static_cast<unsigned>(x.policy));
  if (x.after_ms < 0 || x.after_ms > absence_max_ms)
    return "the absence time is " + std::to_string(x.after_ms)
           + " ms, allowed are 0 to " + std::to_string(absence_max_ms);
  return {};
}

} // namespace

stream_publisher::stream_publisher(stream_options options)
  : options_(std::move(options)), last_session_(options_.first_session - 1) {
  // nop
}

bool stream_publisher::open(receiver_id receiver,
                            const open_event_stream& request,
                            std::uint64_t last_event, bool ready,
                            std::int64_t now_ms, publisher_effects& out) {
  if (auto error = check(request)) {
    error->strategy.value =
      request.strategy.value.view().substr(0, strategy_name_max);
    error->attempt = request.attempt;
    out.emplace_back(to_receiver{receiver, std::move(*error)});
    return false;
  }
  auto known = request;
  if (known.previous_session < options_.first_session)
    known.previous_session = 0; // Of an earlier run.
  return change(find_or_add(request.strategy), [&](auto& stream) {
    return stream.open(receiver, known, ++last_session_, last_event, ready,
                       now_ms, out);
  });
}

std::optional<event_stream_ended> stream_publisher::check(
  const open_event_stream& x) const {
  const auto error = [](stream_end why, std::string reason) {
    event_stream_ended result;
    result.why = why;
    result.reason = std::move(reason);
    result.first_event = 1;
    return result;
  };
  const auto& name = x.strategy.value;
  if (name.empty() || name.size() > strategy_name_max)
    return error(stream_end::unknown_strategy,
                 "the name of the strategy has " + std::to_string(name.size())
                   + " bytes, allowed are 1 to "
                   + std::to_string(strategy_name_max));
  const auto& served = options_.strategies;
  if (!served.empty()
      && std::find(served.begin(), served.end(), x.strategy) == served.end())
    return error(stream_end::unknown_strategy,
                 "strategy " + name
                   + " is unknown: the execution client serves "
                   + names_of(served));
  if (streams_.size() >= strategies_max && !streams_.contains(x.strategy))
    return error(stream_end::unknown_strategy,
                 "strategy " + name + " is one too many: there are "
                   + std::to_string(strategies_max));
  if (x.network && options_.network && *x.network != *options_.network)
    return error(stream_end::wrong_network,
                 "the execution client trades on "
                   + std::string{name_of(*options_.network)} + ", not on "
                   + std::string{name_of(*x.network)});
  if (x.account && options_.account && *x.account != *options_.account)
    return error(stream_end::wrong_account,
                 "the execution client trades for account "
                   + to_string(*options_.account) + ", not for "
                   + to_string(*x.account));
  if (x.window < 1 || x.window > options_.window_max)
    return error(stream_end::bad_request,
                 "the window is " + std::to_string(x.window)
                   + " events, allowed are 1 to "
                   + std::to_string(options_.window_max));
  if (auto text = hlx::check(x.absence); !text.empty())
    return error(stream_end::bad_request, std::move(text));
  return std::nullopt;
}

void stream_publisher::open_plain(receiver_id receiver,
                                  const strategy_id& strategy,
                                  const absence_terms& absence,
                                  std::int64_t now_ms, publisher_effects& out) {
  auto terms = absence;
  if (auto text = hlx::check(absence); !text.empty()) {
    out.emplace_back(client_warning{"strategy " + strategy.value + ": " + text
                                      + "; its orders are kept",
                                    now_ms});
    terms = {};
  }
  change(find_or_add(strategy), [&](auto& stream) {
    stream.open_plain(receiver, terms, now_ms, out);
    return true;
  });
}

bool stream_publisher::publish(order_event& event, std::int64_t now_ms,
                               publisher_effects& out) {
  auto* stream = find(header_of(event).strategy);
  return stream != nullptr && change(*stream, [&](auto& x) {
           return x.publish(event, now_ms, out);
         });
}

void stream_publisher::venue_stream_changed(const stream_changed& x,
                                            publisher_effects& out) {
  for (auto& [strategy, stream] : streams_)
    stream.venue_stream_changed(x, out);
}

void stream_publisher::acknowledge(receiver_id from,
                                   const acknowledge_events& x,
                                   std::int64_t now_ms,
                                   publisher_effects& out) {
  if (auto* stream = find(x.strategy)) {
    change(*stream, [&](auto& known) {
      known.acknowledge(from, x, now_ms, out);
      return true;
    });
    return;
  }
  out.emplace_back(client_warning{
    "an acknowledgement came for the event stream of strategy "
      + std::string{x.strategy.value.view().substr(0, strategy_name_max)}
      + ", which has none",
    now_ms});
}

bool stream_publisher::take(receiver_id from, numbered_command& x,
                            const std::string& refusal, std::int64_t now_ms,
                            publisher_effects& out) {
  if (auto* stream = find(x.strategy))
    return stream->take(from, x, refusal, now_ms, out);
  out.emplace_back(client_warning{
    "command " + std::to_string(x.number)
      + " came for the event stream of strategy "
      + std::string{x.strategy.value.view().substr(0, strategy_name_max)}
      + ", which has none",
    now_ms});
  return false;
}

void stream_publisher::gone(receiver_id receiver, const std::string& reason,
                            std::int64_t now_ms, publisher_effects& out) {
  for (auto& [strategy, stream] : streams_)
    stream.gone(receiver, reason, now_ms, out);
  find_earliest();
}

void stream_publisher::timers_due(std::int64_t now_ms, publisher_effects& out) {
  for (auto& [strategy, stream] : streams_)
    stream.absence_due(now_ms, out);
  find_earliest();
}

/// Changes one stream, and looks at all deadlines only if its own changed.
template <class Change>
bool stream_publisher::change(strategy_stream& stream, Change change) {
  const auto before = stream.deadline_ms();
  const bool result = change(stream);
  if (stream.deadline_ms() != before)
    find_earliest();
  return result;
}

void stream_publisher::find_earliest() {
  earliest_ms_.reset();
  for (const auto& [strategy, stream] : streams_)
    if (const auto due = stream.deadline_ms();
        due && (!earliest_ms_ || *due < *earliest_ms_))
      earliest_ms_ = due;
}

strategy_stream* stream_publisher::find(const strategy_id& strategy) {
  const auto found = streams_.find(strategy);
  return found != streams_.end() ? &found->second : nullptr;
}

strategy_stream& stream_publisher::find_or_add(const strategy_id& strategy) {
  return streams_.try_emplace(strategy, strategy, options_).first->second;
}

} // namespace hlx
