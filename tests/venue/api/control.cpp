// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/api/control.hpp"

#include "hlx/messages/wire/json_text.hpp"
#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/api/subscriptions.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

namespace hlx::venue {

namespace {

// Says what a control request got wrong.
struct control_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// One control request, and typed access to what its member holds.
struct request {
  venue_api& api;
  std::string_view kind; // The name of the member.
  const wire::json& value;

  // `name`: of a member of the value; empty: the value itself.
  [[noreturn]] void fail(std::string_view name, std::string_view what) const {
    std::string text{kind};
    if (!name.empty())
      text.append(".").append(name);
    throw control_error(text.append(": ").append(what));
  }

  // The value as a whole is not what is wanted.
  void need(bool done, std::string_view otherwise) const {
    if (!done)
      fail({}, otherwise);
  }

  const wire::json& member(std::string_view name) const {
    const auto* result = value.find(name);
    if (!result)
      fail(name, "is missing");
    return *result;
  }

  std::string text(std::string_view name) const {
    const auto& result = member(name);
    if (!result.is_string())
      fail(name, "must be a string");
    return result.text();
  }

  address user(std::string_view name = "user") const {
    const auto result = parse_venue_address(text(name));
    if (!result)
      fail(name, "must be an address: 0x and 40 hex digits");
    return *result;
  }

  // A string or a number, without sign.
  template <class Decimal>
  Decimal decimal(std::string_view name) const {
    const auto& x = member(name);
    const auto result =
      x.is_string() || x.is_number() ? parse<Decimal>(x.text()) : std::nullopt;
    if (!result || result->raw < 0)
      fail(name, "must be a decimal as a string or a number, not negative, of "
                 "at most 8 fraction digits");
    return *result;
  }

  std::uint64_t count() const { return count_of({}, value); }

  std::uint64_t count(std::string_view name) const {
    return count_of(name, member(name));
  }

  bool flag() const {
    if (!value.is_boolean())
      fail({}, "must be true or false");
    return value.is_true();
  }

  std::uint64_t count_of(std::string_view name, const wire::json& x) const {
    const auto result = x.as_u64();
    // Half the range leaves room for sums.
    if (!result || *result > std::numeric_limits<std::int64_t>::max() / 2)
      fail(name, "must be a whole number, not negative");
    return *result;
  }

  // Checks that the value is an object with some of these members, each once.
  // `names`, by comma; none: any value, whose reader checks it.
  void check_members(std::string_view names) const {
    if (names.empty())
      return;
    const auto list = "has the members " + std::string{names};
    if (!value.is_object())
      fail({}, "must be an object, which " + list);
    const auto& all = value.members();
    for (auto x = all.begin(); x != all.end(); ++x) {
      const auto& name = x->first;
      const auto is_it = [&](const auto& y) { return y.first == name; };
      if (!lists(names, name))
        fail(name.substr(0, excerpt_max),
             "is unknown; " + std::string{kind} + " " + list);
      if (std::any_of(all.begin(), x, is_it))
        fail(name, "comes twice");
    }
  }

private:
  static constexpr std::size_t excerpt_max = 60;

  static bool lists(std::string_view names, std::string_view name) {
    while (!names.empty()) {
      const auto end = std::min(names.find(','), names.size());
      if (names.substr(0, end) == name)
        return true;
      names.remove_prefix(std::min(end + 1, names.size()));
    }
    return false;
  }
};

void fund(const request& x) {
  x.need(
    x.api.books().fund(x.user(), x.decimal<amount>("usdc"), x.api.books_ms()),
    "not positive, or more in all than the venue can count");
}

void fund_spot(const request& x) {
  x.need(
    x.api.books().fund_spot(x.user(), x.text("token"),
                            x.decimal<amount>("total"), x.api.books_ms()),
    "no such token, not positive, or more in all than the venue can count");
}

void advance(const request& x) {
  x.need(x.api.skip(static_cast<std::int64_t>(x.count("ms"))),
         "time moves ahead by ten years in all at most");
}

void set_mark(const request& x) {
  x.need(x.api.books().set_mark(x.text("coin"), x.decimal<price>("px"),
                                x.api.books_ms()),
         "no such coin, or not a price that the venue can take");
}

void set_oracle(const request& x) {
  x.need(x.api.books().set_oracle(x.text("coin"), x.decimal<price>("px"),
                                  x.api.books_ms()),
         "no such perp, or not a price that the venue can take");
}

void settle_funding(const request& x) {
  const auto rate = parse<amount>(x.text("rate"));
  x.need(
    rate
      && x.api.books().settle_funding(x.text("coin"), *rate, x.api.books_ms()),
    "no such perp, or no rate from -0.04 to 0.04 as a decimal string");
}

void add_book_order(const request& x) {
  const auto side = x.text("side");
  const bool is_buy = side == "buy" || side == "B";
  if (!is_buy && side != "sell" && side != "A")
    x.fail("side", R"(must be "buy" or "sell")");
  x.need(x.api.books().add_book_order(
           x.text("coin"), is_buy ? order_side::buy : order_side::sell,
           x.decimal<price>("px"), x.decimal<quantity>("sz"), x.api.books_ms()),
         "no such coin, or not a legal order");
}

void approve_agent(const request& x) {
  const auto name = x.value.find("name") ? x.text("name") : std::string{};
  x.api.books().approve_agent(x.user(), x.user("agent"), name);
}

void revoke_agent(const request& x) {
  x.need(x.api.books().revoke_agent(x.user("agent")), "no such agent");
}

void drop_margin(const request& x) {
  x.api.books().drop_margin(x.user(), x.decimal<amount>("usdc"),
                            x.api.books_ms());
}

void liquidate(const request& x) {
  x.api.books().liquidate(x.user(), x.api.books_ms());
}

int small_count(const request& x, std::string_view name) {
  constexpr std::uint64_t most = 1000;
  return static_cast<int>(std::min(x.count(name), most));
}

void list_perp(const request& x) {
  x.need(x.api.books().list_perp(x.text("coin"), small_count(x, "sz_decimals"),
                                 small_count(x, "max_leverage"),
                                 x.decimal<price>("px"), x.api.books_ms()),
         "the coin is listed already, or sz_decimals is not from 0 to 5, "
         "max_leverage from 1 to 50, px a mark");
}

void cap_open_interest(const request& x) {
  x.need(
    x.api.books().cap_open_interest(x.text("coin"), x.decimal<quantity>("sz")),
    "no such perp");
}

void delist(const request& x) {
  x.need(x.api.books().delist(x.text("coin"), x.api.books_ms()),
         "no such coin");
}

void settle_outcome(const request& x) {
  const auto small = [&](std::string_view name) {
    constexpr std::uint64_t most = 1'000'000'000;
    return static_cast<std::uint32_t>(std::min(x.count(name), most));
  };
  x.need(x.api.books().settle_outcome(small("outcome"), small("side"),
                                      x.api.books_ms()),
         "no such outcome or side, or it was settled");
}

void script_fault(const request& x) {
  const auto kind = parse_fault(x.text("name"));
  if (!kind) {
    std::string names;
    for (const auto name : fault_names())
      names.append(names.empty() ? "" : ", ").append(name);
    throw control_error("no such fault; there are " + names);
  }
  x.api.faults().script(*kind, x.count("count"));
}

void set_chaos(const request& x) {
  x.api.faults().set_rates(x.flag() ? chaos() : calm());
}

void set_halted(const request& x) {
  x.api.books().set_halted(x.flag());
}

void set_post_only(const request& x) {
  x.api.books().set_post_only(x.flag());
}

void set_budget(const request& x) {
  x.api.books().set_address_budget(x.count());
}

void set_limits(const request& x) {
  x.api.set_limits(x.flag() ? venue_ip_limits : ip_limits{});
}

void set_schedule_volume(const request& x) {
  constexpr std::uint64_t volume_max = 1'000'000'000;
  const auto volume = x.count();
  x.need(volume <= volume_max, "a volume is at most 1000000000");
  x.api.books().config().schedule_cancel_volume =
    static_cast<std::int64_t>(volume);
}

void set_oid_gap(const request& x) {
  constexpr std::uint64_t gap_max = 1'000'000'000;
  const auto gap = x.count();
  x.need(gap <= gap_max, "a gap is at most 1000000000");
  x.api.books().config().oid_gap_max = gap;
}

void set_cloid_lag(const request& x) {
  x.api.books().config().cloid_visibility_delay_ms =
    static_cast<std::int64_t>(x.count());
}

void set_arrival_delay(const request& x) {
  constexpr std::array<std::string_view, action_class_count> names{
    "order", "cancel", "modify", "other"};
  for (const auto& [name, value] : x.value.members()) {
    const auto* const found = std::find(names.begin(), names.end(), name);
    x.api.books().set_arrival_delay(
      static_cast<action_class>(found - names.begin()),
      static_cast<std::int64_t>(x.count_of(name, value)));
  }
}

struct control_type {
  std::string_view name;
  std::string_view members; // By comma; empty: the value is no object.
  void (*run)(const request&);
};

constexpr std::array<control_type, 25> types{{
  {"fund", "user,usdc", fund},
  {"spot", "user,token,total", fund_spot},
  {"mark", "coin,px", set_mark},
  {"oracle", "coin,px", set_oracle},
  {"advance", "ms", advance},
  {"funding", "coin,rate", settle_funding},
  {"book", "coin,side,px,sz", add_book_order},
  {"agent", "user,agent,name", approve_agent},
  {"revoke", "agent", revoke_agent},
  {"drop_margin", "user,usdc", drop_margin},
  {"liquidate", "user", liquidate},
  {"list", "coin,sz_decimals,max_leverage,px", list_perp},
  {"delist", "coin", delist},
  {"settle", "outcome,side", settle_outcome},
  {"open_interest_max", "coin,sz", cap_open_interest},
  {"fault", "name,count", script_fault},
  {"chaos", "", set_chaos},
  {"halted", "", set_halted},
  {"post_only", "", set_post_only},
  {"budget", "", set_budget},
  {"limits", "", set_limits},
  {"schedule_cancel_volume", "", set_schedule_volume},
  {"oid_gap", "", set_oid_gap},
  {"cloid_lag_ms", "", set_cloid_lag},
  {"arrival_delay_ms", "order,cancel,modify,other", set_arrival_delay},
}};

std::string counters_json(const request& asked) {
  if (!asked.value.is_true())
    asked.fail({}, "must be true");
  auto& api = asked.api;
  const auto& x = api.counters();
  json_writer out;
  out.open_object().member("ok", true).key("counters").open_object();
  out.member("time", api.books_ms())
    .member("exchange_requests", x.exchange_requests)
    .member("info_requests", x.info_requests)
    .member("sessions_opened", x.sessions_opened)
    .member("sessions_open", api.open_sessions())
    .member("messages_received", x.messages_received)
    .member("frames_sent", x.frames_sent)
    .member("blocks", x.blocks)
    .member("ip_weight", x.ip_weight)
    .key("faults")
    .open_object();
  for (const auto name : fault_names())
    out.member(
      name,
      api.faults().struck()[static_cast<std::size_t>(*parse_fault(name))]);
  return out.close_object().close_object().close_object().take();
}

/// The answer with the address of an account that was made.
std::string made_account(const address& made) {
  json_writer out;
  out.open_object().member("ok", true).member("user", to_string(made));
  return out.close_object().take();
}

std::string new_sub_account(const request& x) {
  return made_account(x.api.books().create_sub_account(x.user(), x.text("name"),
                                                       x.api.books_ms()));
}

std::string new_vault(const request& x) {
  return made_account(
    x.api.books().create_vault(x.user(), x.text("name"), x.api.books_ms()));
}

std::string tally_json(const request& x) {
  const auto* counted = x.api.counted();
  x.need(counted != nullptr, "this venue does not count orders");
  const auto& list = x.member("cloids");
  if (!list.is_array())
    x.fail("cloids", "must be an array");
  std::vector<cloid> cloids;
  for (const auto& item : list.items()) {
    const auto id =
      item.is_string() ? parse_bytes<cloid>(item.text()) : std::nullopt;
    if (!id)
      x.fail("cloids", "a cloid is a string: 0x and 32 hex digits");
    cloids.push_back(*id);
  }
  std::sort(cloids.begin(), cloids.end());
  const auto user = x.user();
  const auto sum = counted->sum(user, cloids);
  const auto open = x.api.books().open_orders(user);
  const auto still_open =
    std::count_if(open.begin(), open.end(), [&](const auto& order) {
      return order.cloid
             && std::binary_search(cloids.begin(), cloids.end(), *order.cloid);
    });
  json_writer out;
  out.open_object()
    .member("ok", true)
    .member("orders", sum.orders)
    .member("bought", sum.bought)
    .member("sold", sum.sold)
    .member("open_orders", still_open)
    .close_object();
  return out.take();
}

// Requests with an answer of their own.
struct control_question {
  std::string_view name;
  std::string_view members; // As above.
  std::string (*answer)(const request&);
};

constexpr std::array<control_question, 4> questions{{
  {"counters", "", counters_json},
  {"sub_account", "user,name", new_sub_account},
  {"vault", "user,name", new_vault},
  {"tally", "user,cloids", tally_json},
}};

std::string run(venue_api& api, std::string_view body) {
  const auto parsed = wire::parse_json(body);
  if (!parsed.value)
    throw control_error("not JSON: " + parsed.error);
  const auto& members = parsed.value->members();
  if (members.size() != 1)
    throw control_error("the body must be an object with one member");
  const auto& [name, value] = members.front();
  const request x{api, name, value};
  for (const auto& question : questions) {
    if (question.name != name)
      continue;
    x.check_members(question.members);
    return question.answer(x);
  }
  for (const auto& type : types) {
    if (type.name != name)
      continue;
    x.check_members(type.members);
    type.run(x);
    return R"({"ok":true})";
  }
  std::string names;
  for (const auto& question : questions)
    names.append(names.empty() ? "" : ", ").append(question.name);
  for (const auto& type : types)
    names.append(", ").append(type.name);
  throw control_error(wire::quoted(name) + " is not one of " + names);
}

} // namespace

control_answer control(venue_api& api, std::string_view body,
                       std::int64_t now_ms) {
  api.advance(now_ms);
  control_answer result;
  try {
    result.body = run(api, body);
    api.advance(now_ms);
  } catch (const control_error& e) {
    json_writer out;
    out.open_object().member("error", e.what()).close_object();
    result = {400, out.take()};
  }
  return result;
}

} // namespace hlx::venue
