// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/event_stream/strategy_stream.hpp"

#include "hlx/messages/assert.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hlx {

namespace {

/// Most events in one message.
constexpr std::uint64_t batch_max = 100;

/// How many tries are remembered, repeats of which are known.
constexpr std::size_t tries_max = 16;

/// Whose order a command is about is decided here, not by the command.
std::string_view check_strategy(strategy_command& command,
                                const strategy_id& strategy) {
  return std::visit(
    [&](auto& x) -> std::string_view {
      if (!x.strategy.value.empty() && x.strategy != strategy)
        return "the command is of another strategy than its stream";
      x.strategy = strategy;
      return {};
    },
    command);
}

} // namespace

strategy_stream::strategy_stream(strategy_id strategy,
                                 const stream_options& options)
  : strategy_(std::move(strategy)),
    log_max_(options.log_max),
    commands_(options.answers_max) {
  // nop
}

bool strategy_stream::open(receiver_id receiver,
                           const open_event_stream& request,
                           std::uint64_t session, std::uint64_t last_event,
                           bool ready, std::int64_t now_ms,
                           publisher_effects& out) {
  if (is_repeat(receiver, request.attempt)) {
    if (is_open() && receiver == receiver_ && request.attempt == attempt_)
      send_opened(out);
    return false;
  }
  // Plain events were sent and are not kept.
  if (is_plain_ && log_.last() != last_event)
    log_ = event_log{last_event};
  if (!can_come_back(receiver, request, out)
      || !can_start_at(receiver, request, out))
    return false;
  take_over(receiver, now_ms, out);
  attach(receiver, request.absence);
  is_plain_ = false;
  tries_.emplace_back(receiver, request.attempt);
  if (tries_.size() > tries_max)
    tries_.pop_front();
  continued_ = owned_since_ != 0 && request.previous_session >= owned_since_;
  if (!continued_)
    owned_since_ = session;
  session_ = session;
  attempt_ = request.attempt;
  window_ = request.window;
  acknowledged_ = request.last_handled;
  sent_ = request.last_handled;
  log_.forget(request.last_handled);
  told_ready_ = ready && log_.size() == 0;
  change_.reset();
  if (ready != told_ready_)
    venue_stream_changed({ready, now_ms}, out);
  send_opened(out);
  send_events(out);
  return true;
}

bool strategy_stream::is_repeat(receiver_id receiver,
                                std::uint64_t attempt) const {
  return std::any_of(tries_.begin(), tries_.end(), [&](const auto& x) {
    return x.first == receiver && x.second >= attempt;
  });
}

/// Who was away while another receiver took over is told now, and the other one
/// keeps the stream.
bool strategy_stream::can_come_back(receiver_id receiver,
                                    const open_event_stream& request,
                                    publisher_effects& out) const {
  if (request.previous_session == 0 || owned_since_ <= request.previous_session)
    return true;
  refuse(receiver, request,
         ended(stream_end::taken_over, "another receiver of strategy "
                                         + strategy_.value + " took over"),
         out);
  return false;
}

void strategy_stream::refuse(receiver_id receiver,
                             const open_event_stream& request,
                             event_stream_ended error,
                             publisher_effects& out) const {
  error.attempt = request.attempt;
  error.session = 0;
  out.emplace_back(to_receiver{receiver, std::move(error)});
}

bool strategy_stream::can_start_at(receiver_id receiver,
                                   const open_event_stream& request,
                                   publisher_effects& out) const {
  std::optional<event_stream_ended> error;
  const auto last = "the last handled event is said to be number "
                    + std::to_string(request.last_handled);
  if (request.last_handled > log_.last())
    error = ended(stream_end::future_number,
                  last + ", which is from the future: " + numbers());
  else if (request.last_handled < log_.forgotten())
    error =
      ended(stream_end::forgotten_number,
            last + ", and the events after it are forgotten: " + numbers());
  if (!error)
    return true;
  refuse(receiver, request, std::move(*error), out);
  return false;
}

void strategy_stream::open_plain(receiver_id receiver,
                                 const absence_terms& absence,
                                 std::int64_t now_ms, publisher_effects& out) {
  take_over(receiver, now_ms, out);
  attach(receiver, absence);
  is_plain_ = true;
  session_ = 0;
  owned_since_ = 0;
  // Nobody is going to acknowledge what is left.
  log_.forget(log_.last());
}

void strategy_stream::attach(receiver_id receiver,
                             const absence_terms& absence) {
  receiver_ = receiver;
  absence_ = absence;
  gone_since_ms_.reset();
  absence_done_ = false;
  loss_reported_ = false;
}

void strategy_stream::take_over(receiver_id successor, std::int64_t now_ms,
                                publisher_effects& out) {
  if (receiver_.value == 0 || receiver_ == successor)
    return;
  if (is_open())
    end(stream_end::taken_over,
        "another receiver of strategy " + strategy_.value + " took over", out);
  warn("another receiver took over the events of strategy " + strategy_.value,
       now_ms, out);
}

bool strategy_stream::publish(order_event& event, std::int64_t now_ms,
                              publisher_effects& out) {
  if (is_plain_)
    return false;
  log_.append(std::move(event));
  if (log_.size() <= log_max_) {
    send_events(out);
    return true;
  }
  log_.forget(log_.forgotten() + 1);
  const auto lost = "strategy " + strategy_.value + " has left more than "
                    + std::to_string(log_max_)
                    + " events unacknowledged: " + numbers();
  if (is_open()) {
    end(stream_end::log_full, lost, out);
    warn(lost + "; its event stream is ended", now_ms, out);
    leave(now_ms);
  } else if (!loss_reported_) {
    loss_reported_ = true;
    warn(lost, now_ms, out);
  }
  return true;
}

void strategy_stream::venue_stream_changed(const stream_changed& x,
                                           publisher_effects& out) {
  if (!is_open())
    return;
  change_ = x;
  changed_after_ = log_.last();
  if (sent_ == changed_after_)
    send_change(out);
}

void strategy_stream::send_change(publisher_effects& out) {
  if (change_->up != told_ready_)
    out.emplace_back(to_receiver{receiver_, *change_});
  told_ready_ = change_->up;
  change_.reset();
}

void strategy_stream::acknowledge(receiver_id from, const acknowledge_events& x,
                                  std::int64_t now_ms, publisher_effects& out) {
  if (is_stale(from, x.session, out))
    return;
  if (x.last_handled > sent_) {
    const auto text =
      "strategy " + strategy_.value + " acknowledged event number "
      + std::to_string(x.last_handled) + ", and the last one sent is number "
      + std::to_string(sent_);
    end(stream_end::future_number, text, out);
    warn(text + "; its event stream is ended", now_ms, out);
    leave(now_ms);
    return;
  }
  if (x.last_handled > acknowledged_) {
    acknowledged_ = x.last_handled;
    log_.forget(acknowledged_);
  }
  const auto before = out.size();
  send_events(out);
  if (x.probe && out.size() == before)
    out.emplace_back(
      to_receiver{receiver_, event_batch{strategy_, session_, sent_, {}}});
}

bool strategy_stream::take(receiver_id from, numbered_command& x,
                           const std::string& refusal, std::int64_t now_ms,
                           publisher_effects& out) {
  if (is_stale(from, x.session, out)) {
    if (from.value == 0)
      warn("command " + std::to_string(x.number) + " of strategy "
             + strategy_.value + " came for an event stream that is not open",
           now_ms, out);
    return false;
  }
  const auto mismatch = check_strategy(x.command, strategy_);
  command_answer answer;
  answer.strategy = strategy_;
  answer.session = session_;
  const bool execute = commands_.take(
    x.number, refusal.empty() ? std::string{mismatch} : refusal, answer);
  out.emplace_back(to_receiver{receiver_, std::move(answer)});
  return execute;
}

void strategy_stream::gone(receiver_id receiver, const std::string& reason,
                           std::int64_t now_ms, publisher_effects& out) {
  if (receiver_ != receiver || receiver.value == 0)
    return;
  last_end_ = stream_end::taken_over;
  last_reason_ = "the receiver of strategy " + strategy_.value + " was gone";
  leave(now_ms);
  if (!reason.empty())
    warn("strategy " + strategy_.value + " ended: " + reason, now_ms, out);
}

void strategy_stream::leave(std::int64_t now_ms) {
  receiver_ = {};
  session_ = 0;
  gone_since_ms_ = now_ms;
}

std::optional<std::int64_t> strategy_stream::deadline_ms() const {
  if (!gone_since_ms_ || absence_done_
      || absence_.policy != absence_policy::cancel_all)
    return std::nullopt;
  return *gone_since_ms_ + absence_.after_ms;
}

void strategy_stream::absence_due(std::int64_t now_ms, publisher_effects& out) {
  const auto due = deadline_ms();
  if (!due || *due > now_ms)
    return;
  absence_done_ = true;
  warn("strategy " + strategy_.value + " has been gone for "
         + std::to_string(absence_.after_ms)
         + " ms: all its orders are canceled",
       now_ms, out);
  out.emplace_back(cancel_all{strategy_, std::nullopt});
}

void strategy_stream::send_opened(publisher_effects& out) const {
  event_stream_opened result;
  result.strategy = strategy_;
  result.attempt = attempt_;
  result.session = session_;
  result.last_event = log_.last();
  result.last_command = commands_.last();
  result.continued = continued_;
  result.ready = told_ready_;
  out.emplace_back(to_receiver{receiver_, std::move(result)});
}

/// As far as the window allows.
void strategy_stream::send_events(publisher_effects& out) {
  if (!is_open())
    return;
  const auto until = std::min(log_.last(), acknowledged_ + window_);
  while (sent_ < until) {
    const bool stops = change_ && changed_after_ < until;
    send_batch(stops ? changed_after_ : until, out);
    if (change_ && sent_ == changed_after_)
      send_change(out);
  }
}

void strategy_stream::send_batch(std::uint64_t until, publisher_effects& out) {
  event_batch batch;
  batch.strategy = strategy_;
  batch.session = session_;
  batch.events.reserve(
    static_cast<std::size_t>(std::min(until - sent_, batch_max)));
  while (sent_ < until && batch.events.size() < batch_max)
    batch.events.push_back(log_.at(++sent_));
  batch.last_sent = sent_;
  out.emplace_back(to_receiver{receiver_, std::move(batch)});
}

void strategy_stream::end(stream_end why, std::string reason,
                          publisher_effects& out) {
  last_end_ = why;
  last_reason_ = reason;
  out.emplace_back(to_receiver{receiver_, ended(why, std::move(reason))});
}

event_stream_ended strategy_stream::ended(stream_end why,
                                          std::string reason) const {
  event_stream_ended result;
  result.strategy = strategy_;
  result.attempt = attempt_;
  result.session = session_;
  result.why = why;
  result.reason = std::move(reason);
  result.first_event = log_.forgotten() + 1;
  result.last_event = log_.last();
  return result;
}

std::string strategy_stream::numbers() const {
  if (log_.size() == 0)
    return "none is there, the next will be number "
           + std::to_string(log_.last() + 1);
  return "those that are there are the numbers "
         + std::to_string(log_.forgotten() + 1) + " to "
         + std::to_string(log_.last());
}

/// Tells somebody whose stream has ended so once more: the first time may have
/// been lost.
bool strategy_stream::is_stale(receiver_id from, std::uint64_t session,
                               publisher_effects& out) const {
  if (is_open() && session == session_)
    return false;
  if (from.value != 0 && from != receiver_) {
    auto answer =
      receiver_.value != 0
        ? ended(stream_end::taken_over, "another receiver of strategy "
                                          + strategy_.value + " took over")
        : ended(last_end_, last_reason_);
    answer.attempt = 0;
    answer.session = session;
    out.emplace_back(to_receiver{from, std::move(answer)});
  }
  return true;
}

void strategy_stream::warn(std::string text, std::int64_t now_ms,
                           publisher_effects& out) const {
  out.emplace_back(client_warning{std::move(text), now_ms});
}

} // namespace hlx
