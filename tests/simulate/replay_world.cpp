// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/replay_world.hpp"

#include "hlx/messages/assert.hpp"
#include "hlx/messages/signing/secret_key.hpp"
#include "hlx/messages/wire/encode_event.hpp"
#include "hlx/messages/wire/encode_query.hpp"

#include <algorithm>
#include <memory>

namespace hlx::simulate {

namespace {

constexpr int http_ok = 200;
/// The script is the network: nothing waits for a connection.
constexpr std::size_t no_limit = 1'000'000'000;
/// Longer than a script takes, and still a time that the clock can hold.
constexpr std::int64_t a_year_ms = 365LL * 24 * 60 * 60 * 1000;

constexpr auto pong_frame = R"({"channel":"pong"})";

submitter_options submitter_options_of(const script_config& config) {
  submitter_options result;
  result.account = config.account;
  result.queued_max = no_limit;
  result.queries_max = no_limit;
  result.action_slots = no_limit;
  result.query_slots = no_limit;
  result.query_timeout_ms = config.dispatch.action_timeout_ms;
  result.late_reply_ms = a_year_ms;
  result.late_replies_max = no_limit;
  return result;
}

/// The script alone says when the stream comes and goes.
link_options link_options_of(const script_config& config) {
  link_options result;
  result.account = config.account;
  result.ping_period_ms = a_year_ms;
  result.silence_max_ms = 2 * a_year_ms;
  result.connect_timeout_ms = 0;
  result.subscribe_timeout_ms = 0;
  return result;
}

std::shared_ptr<const signing::signer> key_of(const script_config& config) {
  auto key = signing::secret_key::from_hex(to_string(config.private_key));
  HLX_ASSERT(key.ok());
  return std::make_shared<const signing::signer>(std::move(*key));
}

/// Appends what a visit of the rest causes, too.
template <class Output, class F>
void for_each_growing(std::vector<Output>& outputs, const F& f) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    auto output = std::move(outputs[i]);
    std::visit(f, output);
  }
}

} // namespace

replay_world::replay_world(const script_config& config)
  : account_(config.account),
    recorded_(config.recorded),
    venue_(config.account),
    submitter_(submitter_options_of(config), key_of(config)),
    link_(link_options_of(config)) {
}

void replay_world::start(std::int64_t now_ms) {
  link_outputs out;
  link_.start(now_ms, out);
  leave(std::move(out), now_ms);
  if (!recorded_)
    return;
  // The record itself says when the stream comes up.
  messages_.clear();
  stream_was_up_ = false;
}

// -- what is printed ----------------------------------------------------------

void replay_world::end_line() {
  if (!silent_)
    output_.append(line_).append("\n");
  line_.clear();
}

void replay_world::warn(std::int64_t now_ms, std::string_view text) {
  wire::append_warning(line_, now_ms, text);
  end_line();
}

void replay_world::hear(const order_event& event, std::int64_t now_ms) {
  wire::append_event(line_, now_ms, event);
  end_line();
}

void replay_world::hear(const order_status_report& report,
                        std::int64_t now_ms) {
  wire::append_report(line_, now_ms, report);
  end_line();
}

void replay_world::hear(const fill_report& report, std::int64_t now_ms) {
  wire::append_report(line_, now_ms, report);
  end_line();
}

void replay_world::hear(const client_warning& warning, std::int64_t now_ms) {
  warn(now_ms, warning.text);
}

void replay_world::hear(const stream_changed& change, std::int64_t now_ms) {
  // Every strategy hears of it; it is one change.
  if (change.up == stream_was_up_)
    return;
  stream_was_up_ = change.up;
  wire::append_stream(line_, now_ms, change.up);
  end_line();
}

// -- the submitter ------------------------------------------------------------

void replay_world::hear(const exchange_request& request, std::int64_t now_ms) {
  submitter_outputs out;
  submitter_.apply(request, now_ms, out);
  leave(std::move(out), now_ms);
}

void replay_world::hear(const info_query& query, std::int64_t now_ms) {
  submitter_outputs out;
  submitter_.apply(query, now_ms, out);
  leave(std::move(out), now_ms);
}

void replay_world::leave(submitter_outputs&& outputs, std::int64_t now_ms) {
  for_each_growing(outputs, [&](auto& x) {
    using type = std::decay_t<decltype(x)>;
    if constexpr (std::is_same_v<type, transmission>) {
      leave(x, now_ms, outputs);
    } else if constexpr (std::is_same_v<type, request_outcome>) {
      note(x);
      messages_.emplace_back(std::move(x));
    } else if constexpr (std::is_same_v<type, info_answer>) {
      messages_.emplace_back(std::move(x));
    }
  });
}

void replay_world::leave(transmission& x, std::int64_t now_ms,
                         submitter_outputs& out) {
  if (const auto* request = std::get_if<exchange_request>(&x.content)) {
    numbers_[request->request] = requests_.size();
    requests_.push_back({x.id});
    wire::append_request(line_, now_ms, requests_.size(), request->action,
                         x.nonce);
    // What is to be answered is shown, whatever else the start hides.
    output_.append(line_).append("\n");
    line_.clear();
    return;
  }
  const auto& query = std::get<info_query>(x.content);
  wire::append_info(line_, now_ms, query.body, account_);
  end_line();
  if (!silent_)
    queries_.emplace_back(x.id);
  if (recorded_)
    return;
  auto answer = venue_.answer_to(query.body, now_ms);
  if (!answer)
    return;
  if (!silent_)
    queries_.back().reset();
  submitter_.apply({x.id, true, true, http_ok, std::move(*answer), {}}, now_ms,
                   out);
}

void replay_world::note(const request_outcome& outcome) {
  const auto i = numbers_.find(outcome.request);
  if (i == numbers_.end())
    return;
  requests_[i->second].state = outcome.delivery == request_delivery::unknown
                                 ? request_state::unknown
                                 : request_state::over;
}

replay_world::sent_request* replay_world::find(std::uint64_t number,
                                               std::int64_t now_ms) {
  const auto line = "the script's line about request " + std::to_string(number);
  if (number > requests_.size()) {
    warn(now_ms, line + " was ignored: no such request has left");
    return nullptr;
  }
  auto& request = requests_[number - 1];
  if (request.state == request_state::over) {
    warn(now_ms, line + " was ignored: its outcome is known already");
    return nullptr;
  }
  return &request;
}

void replay_world::apply(const meta_step& step, std::int64_t) {
  venue_.set(step);
}

void replay_world::apply(const info_step& step, std::int64_t) {
  venue_.set(step);
}

void replay_world::apply(const reply_step& step, std::int64_t now_ms) {
  const auto* request = find(step.request, now_ms);
  if (request == nullptr)
    return;
  submitter_outputs out;
  submitter_.apply({request->transmission,
                    true,
                    true,
                    static_cast<int>(step.status),
                    step.body,
                    {}},
                   now_ms, out);
  leave(std::move(out), now_ms);
}

void replay_world::apply(const failure_step& step, std::int64_t now_ms) {
  const auto* request = find(step.request, now_ms);
  if (request == nullptr)
    return;
  if (request->state == request_state::unknown) {
    warn(now_ms, "the script's line about request "
                   + std::to_string(step.request)
                   + " was ignored: it has failed already");
    return;
  }
  transmission_result result;
  result.id = request->transmission;
  switch (step.failure) {
    case request_failure::timeout:
      result.written = true;
      result.failure = "no answer in time";
      break;
    case request_failure::closed_after_send:
      result.written = true;
      result.failure = "the connection closed after the request was written";
      break;
    case request_failure::not_sent:
      result.failure = "the request was never written";
      break;
  }
  if (!step.reason.empty())
    result.failure = step.reason;
  submitter_outputs out;
  submitter_.apply(result, now_ms, out);
  leave(std::move(out), now_ms);
}

void replay_world::apply(const answer_step& step, std::int64_t now_ms) {
  const bool known = step.query <= queries_.size();
  if (!known || !queries_[step.query - 1]) {
    warn(now_ms, "the script's line about query " + std::to_string(step.query)
                   + (known ? " was ignored: it has its answer already"
                            : " was ignored: no such query has left"));
    return;
  }
  const auto id = *std::exchange(queries_[step.query - 1], std::nullopt);
  submitter_outputs out;
  submitter_.apply({id, step.failure.empty(), true,
                    static_cast<int>(step.status), step.body, step.failure},
                   now_ms, out);
  leave(std::move(out), now_ms);
}

// -- the reader ---------------------------------------------------------------

void replay_world::leave(link_outputs&& outputs, std::int64_t now_ms) {
  for_each_growing(outputs, [&](auto& x) {
    using type = std::decay_t<decltype(x)>;
    if constexpr (std::is_constructible_v<message, type>)
      messages_.emplace_back(std::move(x));
    else if constexpr (!std::is_same_v<type, link_close>)
      leave(x, now_ms, outputs);
  });
}

void replay_world::leave(link_connect&, std::int64_t now_ms,
                         link_outputs& out) {
  if (network_is_up_)
    link_.connected(now_ms, out);
}

/// The venue acknowledges every subscription and answers every ping.
void replay_world::leave(link_send& x, std::int64_t now_ms, link_outputs& out) {
  if (x.text == wire::ping_frame)
    link_.frame(pong_frame, now_ms, out);
  else
    link_.frame(R"({"channel":"subscriptionResponse","data":)" + x.text + "}",
                now_ms, out);
}

void replay_world::apply(const frame_step& step, std::int64_t now_ms) {
  if (!network_is_up_) {
    warn(now_ms, "the script's frame was ignored: the stream is down");
    return;
  }
  link_outputs out;
  link_.frame(step.text, now_ms, out);
  leave(std::move(out), now_ms);
}

void replay_world::announce(const stream_step& step, std::int64_t now_ms) {
  if (step.connected)
    messages_.emplace_back(stream_up{now_ms});
  else
    messages_.emplace_back(stream_down{now_ms, step.reason});
}

void replay_world::apply(const stream_step& step, std::int64_t now_ms) {
  if (recorded_) {
    announce(step, now_ms);
    return;
  }
  if (step.connected == network_is_up_) {
    warn(now_ms, std::string{"the script's line about the stream was ignored: "
                             "it is "}
                   + (network_is_up_ ? "connected" : "down") + " already");
    return;
  }
  network_is_up_ = step.connected;
  link_outputs out;
  if (!network_is_up_) {
    link_.closed(step.reason.empty() ? "the connection was lost" : step.reason,
                 now_ms, out);
  } else {
    // An attempt is on its way, or the next one is waited for.
    link_.connected(now_ms, out);
    link_.retry_now(now_ms, out);
  }
  leave(std::move(out), now_ms);
}

// -- time ---------------------------------------------------------------------

std::optional<std::int64_t> replay_world::next_deadline_ms() const {
  if (recorded_)
    return std::nullopt;
  const auto a = submitter_.next_deadline_ms();
  const auto b = link_.next_deadline_ms();
  return a && b ? std::min(*a, *b) : a ? a : b;
}

void replay_world::timers_due(std::int64_t now_ms) {
  if (recorded_)
    return;
  submitter_outputs requests;
  submitter_.timers_due(now_ms, requests);
  leave(std::move(requests), now_ms);
  link_outputs link;
  link_.timers_due(now_ms, link);
  leave(std::move(link), now_ms);
}

} // namespace hlx::simulate
