// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/sessions.hpp"

#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/api/stream_frames.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace hlx::venue {

namespace {

using stream_state = session::stream_state;

stream_frame error_for(session_id id, std::string_view text) {
  return {id, "error", error_frame(text)};
}

std::string acknowledgement(std::string_view method, const subscription& x) {
  json_writer out;
  out.open_object().member("channel", "subscriptionResponse").key("data");
  out.open_object().member("method", method).key("subscription").raw(x.text);
  return out.close_object().close_object().take();
}

bool is_user_stream(const subscription& x) {
  return x.user.has_value();
}

template <class Record>
std::vector<Record> of_user(const std::vector<Record>& all,
                            const address& user) {
  std::vector<Record> result;
  for (const auto& x : all)
    if (x.user == user)
      result.push_back(x);
  return result;
}

// Any order of the entries that keeps those of each order in theirs.
std::vector<order_record> permuted(std::vector<order_record> entries,
                                   seeded_random& random) {
  std::vector<order_record> result;
  while (!entries.empty()) {
    const auto chosen = entries[random.below(entries.size())].oid;
    const auto first =
      std::find_if(entries.begin(), entries.end(),
                   [&](const auto& x) { return x.oid == chosen; });
    result.push_back(std::move(*first));
    entries.erase(first);
  }
  return result;
}

// A word of the same ending that no list has.
void make_unknown(std::string& word) {
  for (const std::string_view ending : {"Canceled", "Cancel", "Rejected"})
    if (word.ends_with(ending)) {
      word = "simulated" + std::string{ending};
      return;
    }
  word = word == "canceled" ? "simulatedCanceled" : "simulatedStatus";
}

// Takes the entries with `open` out.
std::vector<order_record> take_opens(std::vector<order_record>& entries) {
  std::vector<order_record> result;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(result),
               [](const auto& x) { return x.status == "open"; });
  std::erase_if(entries, [](const auto& x) { return x.status == "open"; });
  return result;
}

// A field that no client knows, in the first element of the frame.
void add_unknown_field(std::string& frame) {
  constexpr std::string_view field = R"("simulatedField":{"a":[1,null]},)";
  for (const std::string_view start : {R"({"order":)", R"({"coin":)"}) {
    const auto found = frame.find(start);
    if (found == std::string::npos)
      continue;
    frame.insert(found + 1, field);
    return;
  }
}

// What the block tells one user stream, as the faults have it.
void tell_user(session_id id, const subscription& wanted,
               const block_output& block, const venue& books,
               fault_plan& faults, std::vector<stream_frame>& out) {
  auto orders = of_user(block.orders, *wanted.user);
  if (orders.size() > 1 && faults.strikes(fault::entry_permute))
    orders = permuted(std::move(orders), faults.random());
  const bool is_updates =
    wanted.kind == stream::order_updates && !orders.empty();
  if (is_updates && faults.strikes(fault::unknown_status))
    make_unknown(orders.front().status);
  if (is_updates && faults.strikes(fault::open_late))
    for (auto& text : user_frames(wanted, block, take_opens(orders), {}, books))
      out.push_back({id, wanted.channel, std::move(text), true});
  for (auto& text : user_frames(wanted, block, orders,
                                of_user(block.fills, *wanted.user), books)) {
    if (faults.strikes(fault::unknown_field))
      add_unknown_field(text);
    out.push_back({id, wanted.channel, std::move(text)});
  }
}

bool contains(const std::vector<asset_id>& sorted, const instrument* x) {
  return x && std::binary_search(sorted.begin(), sorted.end(), x->asset);
}

// What the block tells one market stream; empty: nothing.
std::string market_frame(stream_state& state, const block_output& block,
                         const venue& books) {
  const auto& wanted = state.wanted;
  const auto* coin = books.instruments().find(wanted.coin);
  switch (wanted.kind) {
    case stream::trades:
      return trades_frame(wanted, block);
    case stream::candle:
      return candle_frame(wanted, block, books);
    case stream::all_mids:
      if (block.changed_books.empty() && block.changed_marks.empty())
        return {};
      return mids_frame(wanted, books);
    case stream::all_dexs_asset_ctxs:
    case stream::spot_asset_ctxs:
      if (block.changed_books.empty() && block.changed_marks.empty())
        return {};
      return first_frame(wanted, books, block.time_ms);
    case stream::active_asset_ctx:
      return contains(block.changed_marks, coin)
                 || contains(block.changed_books, coin)
               ? first_frame(wanted, books, block.time_ms)
               : std::string{};
    case stream::l2_book:
      state.book_changed |= contains(block.changed_books, coin);
      return {};
    case stream::bbo: {
      if (!contains(block.changed_books, coin))
        return {};
      // Without its time the frame tells whether the best prices changed.
      auto timeless = bbo_frame(wanted, books, 0);
      if (std::exchange(state.last_text, timeless) == timeless)
        return {};
      return bbo_frame(wanted, books, block.time_ms);
    }
    case stream::order_updates:
    case stream::user_fills:
    case stream::user_events:
    case stream::open_orders:
    case stream::clearinghouse_state:
    case stream::all_dexs_clearinghouse_state:
    case stream::spot_state:
    case stream::user_historical_orders:
    case stream::user_fundings:
    case stream::user_ledger_updates:
    case stream::twap_states:
    case stream::twap_history:
    case stream::twap_slice_fills:
    case stream::notification:
    case stream::web_data:
    case stream::active_asset_data:
      return {};
  }
  return {};
}

} // namespace

std::string error_frame(std::string_view text) {
  json_writer out;
  out.open_object().member("channel", "error").member("data", text);
  return out.close_object().take();
}

void session_table::open(session_id id, std::int64_t now_ms) {
  sessions_[id].last_sent_ms = now_ms;
}

void session_table::close(session_id id) {
  sessions_.erase(id);
}

session* session_table::find(session_id id) {
  const auto found = sessions_.find(id);
  return found == sessions_.end() ? nullptr : &found->second;
}

std::size_t session_table::posts_in_flight() const {
  std::size_t result = 0;
  for (const auto& [id, self] : sessions_)
    result += self.posts_in_flight;
  return result;
}

std::size_t session_table::subscriptions() const {
  std::size_t result = 0;
  for (const auto& [id, self] : sessions_)
    result += self.streams.size();
  return result;
}

std::size_t session_table::users_with(const subscription& wanted) const {
  std::set<address> users;
  for (const auto& [id, self] : sessions_)
    for (const auto& state : self.streams)
      if (state.wanted.user)
        users.insert(*state.wanted.user);
  if (wanted.user)
    users.insert(*wanted.user);
  return users.size();
}

std::vector<stream_frame> session_table::subscribe(session_id id,
                                                   const wire::json& wanted,
                                                   const venue& books,
                                                   fault_plan& faults,
                                                   const moment& now) {
  auto& self = sessions_[id];
  auto parsed = parse_subscription(wanted, books.instruments());
  if (!parsed)
    return {error_for(id, "Invalid subscription " + wanted.dump())};
  const auto same = [&](const auto& x) {
    return x.wanted.text == parsed->text;
  };
  if (std::any_of(self.streams.begin(), self.streams.end(), same))
    return {error_for(id, "Already subscribed: " + wanted.dump())};
  if (subscriptions() >= subscriptions_max)
    return {error_for(id, "Cannot subscribe to more than 1000 channels.")};
  if (users_with(*parsed) > users_max)
    return {error_for(id, "Cannot track more than 15 total users.")};
  std::vector<stream_frame> result;
  result.push_back(
    {id, "subscriptionResponse", acknowledgement("subscribe", *parsed)});
  const bool split =
    parsed->kind == stream::user_fills && faults.strikes(fault::snapshot_split);
  auto texts = split ? split_snapshot(*parsed, books)
                     : std::vector{first_frame(*parsed, books, now.books_ms)};
  for (auto& text : texts)
    if (!text.empty())
      result.push_back({id, parsed->channel, std::move(text)});
  stream_state state{.wanted = std::move(*parsed), .last_push_ms = now.now_ms};
  if (state.wanted.kind == stream::bbo)
    state.last_text = bbo_frame(state.wanted, books, 0);
  self.streams.push_back(std::move(state));
  return result;
}

std::vector<stream_frame> session_table::unsubscribe(session_id id,
                                                     const wire::json& wanted,
                                                     const venue& books) {
  auto& self = sessions_[id];
  const auto parsed = parse_subscription(wanted, books.instruments());
  if (!parsed)
    return {error_for(id, "Invalid subscription " + wanted.dump())};
  const auto gone = std::erase_if(
    self.streams, [&](const auto& x) { return x.wanted.text == parsed->text; });
  if (gone == 0)
    return {error_for(id, "Already unsubscribed: " + wanted.dump())};
  return {
    {id, "subscriptionResponse", acknowledgement("unsubscribe", *parsed)}};
}

block_frames session_table::tell(const block_output& block, const venue& books,
                                 fault_plan& faults) {
  block_frames result;
  for (auto& [id, self] : sessions_) {
    // In the order of the streams' enumeration: orderUpdates first.
    std::vector<stream_state*> streams;
    for (auto& state : self.streams)
      streams.push_back(&state);
    std::stable_sort(streams.begin(), streams.end(), [](auto* a, auto* b) {
      return a->wanted.kind < b->wanted.kind;
    });
    for (auto* state : streams) {
      const auto& wanted = state->wanted;
      if (!is_user_stream(wanted)) {
        auto text = market_frame(*state, block, books);
        if (!text.empty())
          result.market.push_back({id, wanted.channel, std::move(text)});
        continue;
      }
      tell_user(id, wanted, block, books, faults, result.user);
    }
  }
  return result;
}

std::vector<stream_frame> session_table::due_books(const venue& books,
                                                   const moment& now) {
  std::vector<stream_frame> result;
  for (auto& [id, self] : sessions_)
    for (auto& state : self.streams) {
      if (!state.book_changed
          || now.now_ms < state.last_push_ms + book_interval_ms)
        continue;
      state.book_changed = false;
      state.last_push_ms = now.now_ms;
      result.push_back({id, state.wanted.channel,
                        book_frame(state.wanted, books, now.books_ms)});
    }
  return result;
}

std::vector<session_id> session_table::idle(std::int64_t now_ms) const {
  std::vector<session_id> result;
  for (const auto& [id, self] : sessions_)
    if (now_ms >= self.last_sent_ms + idle_close_ms)
      result.push_back(id);
  return result;
}

std::optional<std::int64_t> session_table::next_due_ms() const {
  std::optional<std::int64_t> result;
  const auto consider = [&](std::int64_t due_ms) {
    result = std::min(result.value_or(due_ms), due_ms);
  };
  for (const auto& [id, self] : sessions_) {
    consider(self.last_sent_ms + idle_close_ms);
    for (const auto& state : self.streams)
      if (state.book_changed)
        consider(state.last_push_ms + book_interval_ms);
  }
  return result;
}

} // namespace hlx::venue
