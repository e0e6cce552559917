// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/start_up.hpp"

#include "hlx/messages/assert.hpp"
#include "hlx/messages/wire/decode_info.hpp"
#include "hlx/messages/wire/decode_instruments.hpp"
#include "hlx/messages/wire/decode_vault.hpp"
#include "hlx/messages/wire/encode_query.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace hlx {

namespace {

std::string query_text(const info_query_body& query, const address& account) {
  std::string result;
  wire::append_info_query(result, query, account);
  return result;
}

std::string unreadable(std::string_view what, std::string_view why) {
  return "the venue's answer to " + std::string{what}
         + " cannot be read: " + std::string{why};
}

} // namespace

start_up_state::start_up_state(start_up_options options)
  : options_(std::move(options)) {
  steps_.push_back({query_text(exchange_status_query{}, {}),
                    [this](const reply& x) { on_exchange_status(x); }});
  steps_.push_back({query_text(user_role_query{options_.signer}, {}),
                    [this](const reply& x) { on_signer_role(x); }});
  if (options_.account && *options_.account != options_.signer)
    steps_.push_back({query_text(user_role_query{*options_.account}, {}),
                      [this](const reply& x) { on_account_role(x); }});
  if (!options_.fetch_instruments)
    return;
  ask_meta({}, 0);
  step spot;
  wire::append_instruments_query(spot.query, "spotMeta");
  spot.on_answer = [this](const reply& x) {
    on_instruments(x, "spotMeta", {}, 0);
  };
  steps_.push_back(std::move(spot));
  step outcomes;
  wire::append_instruments_query(outcomes.query, "outcomeMeta");
  outcomes.on_answer = [this](const reply& x) { on_outcomes(x); };
  steps_.push_back(std::move(outcomes));
  if (options_.dexes.empty())
    return;
  step dexes;
  wire::append_instruments_query(dexes.query, "perpDexs");
  dexes.on_answer = [this](const reply& x) { on_dexes(x); };
  steps_.push_back(std::move(dexes));
}

std::optional<std::string> start_up_state::next_query() {
  if (steps_.empty() || !error_.empty())
    return std::nullopt;
  return steps_.front().query;
}

void start_up_state::answer(int status, std::string_view body,
                            std::int64_t asked_ms, std::int64_t answered_ms) {
  HLX_ASSERT(!steps_.empty());
  const auto current = std::move(steps_.front());
  steps_.pop_front();
  current.on_answer({status, body, asked_ms, answered_ms});
}

void start_up_state::on_exchange_status(const reply& x) {
  const auto body =
    wire::decode_info(exchange_status_query{}, x.status, x.body);
  const auto* status = std::get_if<exchange_status_answer>(&body);
  if (!status) {
    const auto* failure = std::get_if<failed_answer>(&body);
    error_ = unreadable("exchangeStatus", failure ? failure->reason : "");
    return;
  }
  // The venue looked at its clock between the two.
  const auto own_ms = x.asked_ms + (x.answered_ms - x.asked_ms) / 2;
  result_.clock_offset_ms = status->time_ms - own_ms;
  const auto size = result_.clock_offset_ms < 0 ? -result_.clock_offset_ms
                                                : result_.clock_offset_ms;
  if (size > clock_offset_max_ms)
    error_ = "this host's clock and the venue's differ by "
             + std::to_string(size) + " ms, at most "
             + std::to_string(clock_offset_max_ms) + " are allowed";
}

std::optional<user_role_answer> start_up_state::role_in(const reply& x) {
  auto body = wire::decode_info(user_role_query{}, x.status, x.body);
  if (auto* answer = std::get_if<user_role_answer>(&body))
    return std::move(*answer);
  const auto* failure = std::get_if<failed_answer>(&body);
  error_ = unreadable("userRole", failure ? failure->reason : "");
  return std::nullopt;
}

void start_up_state::on_signer_role(const reply& x) {
  auto role = role_in(x);
  if (!role)
    return;
  signer_role_ = std::move(*role);
  if (signer_role_.role == "agent")
    result_.agent_of = signer_role_.master;
  const auto& account = options_.account;
  if (account && *account != options_.signer)
    return; // The account's own role comes next.
  const auto signer = to_string(options_.signer);
  if (signer_role_.role == "user") {
    result_.account = options_.signer;
  } else if (signer_role_.role == "missing") {
    error_ = "the venue does not know the key's address " + signer
             + ", neither as an account nor as an agent: it was never funded "
               "or approved, or the network is another";
  } else if (signer_role_.role == "agent" && signer_role_.master) {
    result_.account = *signer_role_.master;
    if (account)
      error_ = "the account " + signer
               + " is an agent, which holds nothing; "
                 "its account is "
               + to_string(*signer_role_.master);
  } else {
    error_ = "the key's address " + signer
             + " cannot sign for an account: "
               "the venue calls it "
             + signer_role_.role;
  }
}

void start_up_state::on_account_role(const reply& x) {
  const auto role = role_in(x);
  if (!role)
    return;
  result_.account = *options_.account;
  const auto account = to_string(result_.account);
  if (role->role == "user") {
    check_signer_for(result_.account);
  } else if (role->role == "subAccount" && role->master) {
    result_.vault = result_.account;
    result_.is_sub_account = true;
    check_signer_for(*role->master);
  } else if (role->role == "vault") {
    result_.vault = result_.account;
    step leader;
    wire::append_vault_query(leader.query, result_.account);
    leader.on_answer = [this](const reply& y) { on_vault(y); };
    steps_.push_front(std::move(leader));
  } else if (role->role == "agent") {
    error_ = "the account " + account + " is an agent, which holds nothing";
    if (role->master)
      error_ += "; its account is " + to_string(*role->master);
  } else if (role->role == "missing") {
    error_ = "the venue does not know the account " + account
             + ": it was never funded, or the network is another";
  } else {
    error_ = "the venue calls the account " + account + ' ' + role->role
             + ", which cannot trade";
  }
}

void start_up_state::on_vault(const reply& x) {
  const auto answer = wire::decode_vault_details(x.status, x.body);
  if (!answer.error.empty())
    error_ = unreadable("vaultDetails", answer.error);
  else if (answer.leader)
    check_signer_for(*answer.leader);
  else
    error_ = "the venue does not say who leads the vault "
             + to_string(result_.account);
}

void start_up_state::check_signer_for(const address& master) {
  if (options_.signer == master)
    return;
  const auto signer = to_string(options_.signer);
  const auto& role = signer_role_;
  if (role.role == "agent" && role.master) {
    if (*role.master != master)
      error_ = "the key's address " + signer + " is an agent of the account "
               + to_string(*role.master) + ", not of the account "
               + to_string(master);
  } else {
    error_ = "the key's address " + signer + " is neither the account "
             + to_string(master) + " nor an agent of it; the venue calls it "
             + role.role;
  }
}

void start_up_state::ask_meta(std::string_view dex, std::uint32_t dex_index) {
  step x;
  wire::append_instruments_query(x.query, "meta", dex);
  x.on_answer = [this, name = std::string{dex}, dex_index](const reply& y) {
    on_instruments(y, "meta", name, dex_index);
  };
  steps_.push_back(std::move(x));
}

void start_up_state::on_dexes(const reply& x) {
  const auto answer = wire::decode_perp_dexs(x.status, x.body);
  if (!answer.error.empty()) {
    error_ = unreadable("perpDexs", answer.error);
    return;
  }
  for (const auto& dex : options_.dexes) {
    const auto i = std::find(answer.names.begin(), answer.names.end(), dex);
    if (i == answer.names.end()) {
      error_ = "the venue has no dex named '" + dex + "'";
      return;
    }
    ask_meta(dex, static_cast<std::uint32_t>(i - answer.names.begin()));
  }
}

void start_up_state::on_instruments(const reply& x, std::string_view what,
                                    std::string_view dex,
                                    std::uint32_t dex_index) {
  auto answer = what == "meta"
                  ? wire::decode_meta(x.status, x.body, dex, dex_index)
                  : wire::decode_spot_meta(x.status, x.body);
  if (!answer.error.empty()) {
    error_ = unreadable(what, answer.error);
    return;
  }
  list(std::move(answer));
}

void start_up_state::on_outcomes(const reply& x) {
  auto answer = wire::decode_outcome_meta(x.status, x.body);
  // Everything else can be traded without them.
  if (!answer.error.empty())
    result_.warnings.push_back(unreadable("outcomeMeta", answer.error));
  list(std::move(answer));
}

void start_up_state::list(wire::instruments_answer answer) {
  for (auto& x : answer.instruments)
    result_.instruments.add(std::move(x));
  std::move(answer.warnings.begin(), answer.warnings.end(),
            std::back_inserter(result_.warnings));
}

} // namespace hlx
