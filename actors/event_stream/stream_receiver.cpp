// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/event_stream/stream_receiver.hpp"

#include <algorithm>
#include <utility>

namespace hlx {

namespace {

/// Cancels are never refused because the link is down.
bool is_cancel(const strategy_command& command) {
  return std::holds_alternative<cancel_order>(command)
         || std::holds_alternative<cancel_orders>(command)
         || std::holds_alternative<cancel_all>(command);
}

/// A question about the order, or the first one, that the command names.
query_order question_about(const strategy_command& command) {
  query_order result;
  std::visit(
    [&](const auto& x) {
      result.strategy = x.strategy;
      if constexpr (requires { x.order.client_order_id; })
        result.client_order_id = x.order.client_order_id;
      else if constexpr (requires { x.orders.front().client_order_id; })
        result.client_order_id = x.orders.empty()
                                   ? client_order_id{}
                                   : x.orders.front().client_order_id;
      else if constexpr (requires { x.client_order_id; })
        result.client_order_id = x.client_order_id;
    },
    command);
  return result;
}

} // namespace

stream_receiver::stream_receiver(receiver_options options,
                                 std::uint64_t last_handled)
  : options_(std::move(options)),
    received_(last_handled),
    handled_(last_handled),
    acknowledged_(last_handled) {
  // nop
}

void stream_receiver::link_up(std::int64_t now_ms, receiver_effects& out) {
  if (state_ == state::down)
    ask_again(now_ms, out);
}

void stream_receiver::link_down(std::int64_t, receiver_effects&) {
  if (state_ == state::ended)
    return;
  state_ = state::down;
  open_retry_ms_.reset();
  command_retry_ms_.reset();
  acknowledge_at_ms_.reset();
  probe_at_ms_.reset();
}

/// Opens the stream anew from the last event that is handled.
void stream_receiver::ask_again(std::int64_t now_ms, receiver_effects& out) {
  state_ = state::opening;
  acknowledged_ = handled_;
  acknowledge_at_ms_.reset();
  probe_at_ms_.reset();
  command_retry_ms_.reset();
  open_retry_ms_ = now_ms + options_.retry_ms;
  open_event_stream request;
  request.strategy = options_.strategy;
  request.attempt = ++attempt_;
  request.last_handled = handled_;
  request.previous_session = session_;
  request.window = options_.window;
  request.absence = options_.absence;
  request.network = options_.network;
  request.account = options_.account;
  out.emplace_back(std::move(request));
}

void stream_receiver::apply(const event_stream_opened& x, std::int64_t now_ms,
                            receiver_effects& out) {
  if (state_ != state::opening || x.attempt != attempt_)
    return;
  if (x.continued && x.last_command + 1 < first_command_) {
    event_stream_ended lost;
    lost.strategy = options_.strategy;
    lost.session = x.session;
    lost.why = stream_end::future_number;
    lost.reason = "the execution client has taken the commands up to number "
                  + std::to_string(x.last_command)
                  + ", and has answered those up to number "
                  + std::to_string(first_command_ - 1);
    end(lost, out);
    return;
  }
  state_ = state::open;
  open_retry_ms_.reset();
  probe_at_ms_ = now_ms + options_.probe_ms;
  give_up_held(now_ms, out);
  number_commands(x, out);
  session_ = x.session;
  out.emplace_back(x);
  // Events that were handled while the stream was being opened.
  if (handled_ > acknowledged_)
    acknowledge(false, now_ms, out);
  send_commands(first_command_, now_ms, out);
}

/// Commands keep their numbers unless another receiver may have used those.
void stream_receiver::number_commands(const event_stream_opened& x,
                                      receiver_effects& out) {
  resent_from_ = 0;
  if (x.continued && first_command_ != 0)
    return;
  first_command_ = x.last_command + 1;
  for (auto& entry : commands_)
    if (entry.is_sent && !entry.is_answered)
      out.emplace_back(failed_command{
        std::move(entry.command),
        "the answer to the command is lost, since another "
        "receiver of strategy "
          + options_.strategy.value + " took over: the events tell its fate"});
  std::erase_if(commands_, [](const auto& entry) { return entry.is_sent; });
}

void stream_receiver::apply(const event_batch& x, std::int64_t now_ms,
                            receiver_effects& out) {
  if (state_ == state::ended || state_ == state::down)
    return;
  probe_at_ms_ = now_ms + options_.probe_ms;
  bool gap = false;
  for (const auto& event : x.events) {
    const auto number = header_of(event).sequence;
    if (number == received_ + 1) {
      ++received_;
      out.emplace_back(event);
    } else if (number > received_) {
      gap = true;
    }
  }
  gap = gap || (x.session == session_ && x.last_sent > received_);
  if (gap && state_ == state::open)
    ask_again(now_ms, out);
}

void stream_receiver::apply(const event_stream_ended& x, std::int64_t,
                            receiver_effects& out) {
  // The end of an earlier session is no answer to a newer request, which the
  // client may grant.
  const bool is_mine = state_ == state::open
                         ? x.session == session_
                         : state_ == state::opening && x.attempt == attempt_;
  if (is_mine)
    end(x, out);
}

void stream_receiver::end(const event_stream_ended& x, receiver_effects& out) {
  link_down(0, out);
  state_ = state::ended;
  end_reason_ = "the event stream of strategy " + options_.strategy.value
                + " has ended: " + x.reason;
  out.emplace_back(x);
  for (auto& entry : commands_)
    if (!entry.is_answered)
      out.emplace_back(failed_command{
        std::move(entry.command),
        entry.is_sent ? end_reason_ + "; the command may be executed"
                      : end_reason_});
  commands_.clear();
}

void stream_receiver::apply(const command_answer& x, std::int64_t now_ms,
                            receiver_effects& out) {
  if (first_command_ == 0 || x.number < first_command_
      || x.number >= first_command_ + commands_.size())
    return;
  if (x.fate == command_fate::gap) {
    // Those behind the missing one are all answered so: once is enough.
    if (state_ == state::open && x.session == session_
        && x.next_number >= first_command_ && resent_from_ != x.next_number) {
      resent_from_ = x.next_number;
      send_commands(x.next_number, now_ms, out);
    }
    return;
  }
  auto& entry = commands_[static_cast<std::size_t>(x.number - first_command_)];
  if (entry.is_answered)
    return;
  entry.is_answered = true;
  if (x.fate != command_fate::executed)
    out.emplace_back(failed_command{std::move(entry.command), x.reason});
  while (!commands_.empty() && commands_.front().is_answered) {
    commands_.pop_front();
    ++first_command_;
  }
  if (commands_.empty())
    command_retry_ms_.reset();
  else if (state_ == state::open)
    command_retry_ms_ = now_ms + options_.retry_ms;
}

void stream_receiver::send_commands(std::uint64_t from, std::int64_t now_ms,
                                    receiver_effects& out) {
  for (auto number = std::max(from, first_command_);
       number < first_command_ + commands_.size(); ++number) {
    auto& entry = commands_[static_cast<std::size_t>(number - first_command_)];
    if (entry.is_answered)
      continue;
    entry.is_sent = true;
    out.emplace_back(
      numbered_command{options_.strategy, session_, number, entry.command});
  }
  if (!commands_.empty())
    command_retry_ms_ = now_ms + options_.retry_ms;
}

void stream_receiver::handled(std::uint64_t number, std::int64_t now_ms,
                              receiver_effects& out) {
  if (number > received_ || number <= handled_)
    return;
  handled_ = number;
  if (state_ != state::open)
    return;
  if (options_.acknowledge_ms == 0
      || handled_ - acknowledged_
           >= std::max<std::uint64_t>(options_.window / 4, 1))
    acknowledge(false, now_ms, out);
  else if (!acknowledge_at_ms_)
    acknowledge_at_ms_ = now_ms + options_.acknowledge_ms;
}

void stream_receiver::acknowledge(bool probe, std::int64_t now_ms,
                                  receiver_effects& out) {
  acknowledged_ = handled_;
  acknowledge_at_ms_.reset();
  if (probe)
    probe_at_ms_ = now_ms + options_.probe_ms;
  out.emplace_back(
    acknowledge_events{options_.strategy, session_, handled_, probe});
}

void stream_receiver::command(strategy_command command, std::int64_t now_ms,
                              receiver_effects& out) {
  std::string refusal;
  if (state_ == state::ended)
    refusal = end_reason_;
  else if (state_ == state::down
           && options_.while_down == link_down_policy::refuse
           && !is_cancel(command))
    refusal = "the link to the execution client is down";
  else if (!has_room_for(command))
    refusal = std::to_string(commands_.size())
              + " commands are held or not answered, more are not allowed";
  if (!refusal.empty()) {
    out.emplace_back(failed_command{std::move(command), std::move(refusal)});
    return;
  }
  commands_.push_back({std::move(command), now_ms});
  if (state_ != state::open)
    return;
  commands_.back().is_sent = true;
  out.emplace_back(numbered_command{options_.strategy, session_,
                                    first_command_ + commands_.size() - 1,
                                    commands_.back().command});
  if (!command_retry_ms_)
    command_retry_ms_ = now_ms + options_.retry_ms;
}

void stream_receiver::start_over(std::int64_t now_ms, receiver_effects& out) {
  if (received_ == handled_)
    return;
  received_ = handled_;
  if (state_ == state::open || state_ == state::opening)
    ask_again(now_ms, out);
}

void stream_receiver::strategy_ended() {
  std::erase_if(commands_, [](const auto& x) {
    return !x.is_sent && !is_cancel(x.command);
  });
  for (auto& x : commands_)
    if (!x.is_answered && !is_cancel(x.command))
      x.command = question_about(x.command);
}

bool stream_receiver::has_room_for(const strategy_command& command) const {
  const auto room =
    options_.commands_max + (is_cancel(command) ? options_.cancels_max : 0);
  return commands_.size() < room;
}

std::optional<std::int64_t> stream_receiver::next_deadline_ms() const {
  std::optional<std::int64_t> result;
  for (const auto& due :
       {open_retry_ms_, command_retry_ms_, acknowledge_at_ms_, probe_at_ms_})
    if (due && (!result || *due < *result))
      result = due;
  if (const auto given = oldest_held_ms()) {
    const auto due = *given + options_.hold_max_ms;
    result = std::min(result.value_or(due), due);
  }
  return result;
}

/// When the first of the held commands came that do not wait for ever.
std::optional<std::int64_t> stream_receiver::oldest_held_ms() const {
  if (state_ == state::open)
    return std::nullopt; // None is held.
  for (const auto& x : commands_)
    if (!x.is_sent && !is_cancel(x.command))
      return x.given_ms;
  return std::nullopt;
}

/// They have no numbers yet that the client knows.
void stream_receiver::give_up_held(std::int64_t now_ms, receiver_effects& out) {
  const auto is_too_old = [&](const open_command& x) {
    return !x.is_sent && !is_cancel(x.command)
           && x.given_ms + options_.hold_max_ms <= now_ms;
  };
  for (auto& x : commands_)
    if (is_too_old(x))
      out.emplace_back(
        failed_command{std::move(x.command),
                       "the link to the execution client was down for the "
                         + std::to_string(options_.hold_max_ms)
                         + " ms that the command was held (hold_max_ms)"});
  std::erase_if(commands_, is_too_old);
}

void stream_receiver::timers_due(std::int64_t now_ms, receiver_effects& out) {
  const auto is_due = [&](const std::optional<std::int64_t>& x) {
    return x && *x <= now_ms;
  };
  give_up_held(now_ms, out);
  if (is_due(open_retry_ms_))
    ask_again(now_ms, out);
  if (is_due(probe_at_ms_))
    acknowledge(true, now_ms, out);
  else if (is_due(acknowledge_at_ms_))
    acknowledge(false, now_ms, out);
  if (is_due(command_retry_ms_)) {
    resent_from_ = 0;
    send_commands(first_command_, now_ms, out);
  }
}

} // namespace hlx
