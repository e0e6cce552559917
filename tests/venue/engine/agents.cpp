// SPDX-License-Identifier: BSD-3-Clause
#include "tests/venue/engine/agents.hpp"

#include "tests/venue/engine/order_actions.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace hlx::venue {

namespace {

constexpr std::size_t agent_name_max = 16;
constexpr std::size_t named_agents_max = 3;
constexpr std::size_t agents_per_sub_account = 2;
constexpr std::int64_t removal_pause_ms = 5'000;
constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t validity_default_ms = 90 * day_ms;
constexpr std::int64_t validity_max_ms = 180 * day_ms;

struct agent_name {
  std::string_view name;
  std::optional<std::int64_t> valid_until_ms;
  bool malformed = false;
};

/// "<name> valid_until <ms>", or a bare name.
agent_name parse_name(std::string_view text) {
  constexpr std::string_view marker = " valid_until ";
  const auto at = text.find(marker);
  agent_name result{.name = text.substr(0, at)};
  if (at != std::string_view::npos) {
    const auto digits = text.substr(at + marker.size());
    std::int64_t value = 0;
    const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value);
    result.malformed =
      error != std::errc{} || end != digits.data() + digits.size();
    result.valid_until_ms = value;
  }
  result.malformed = result.malformed || result.name.size() > agent_name_max;
  return result;
}

const agent_view* find_agent(const account& owner, std::string_view name) {
  for (const auto& x : owner.agents)
    if (x.name == name)
      return &x;
  return nullptr;
}

action_reply remove_by_name(venue_state& state, account& owner,
                            std::string_view name) {
  if (const auto* known = find_agent(owner, name)) {
    const auto agent = known->agent;
    remove_agent(state, agent);
    owner.agent_removal_until_ms = state.now_ms() + removal_pause_ms;
  }
  return done_reply();
}

std::string unknown_signer(const address& signer) {
  return "User or API Wallet " + to_string(signer) + " does not exist.";
}

std::string must_deposit(const address& user) {
  return "Must deposit before performing actions. User: " + to_string(user);
}

/// The master of a live agent.
std::optional<address> master_of(const venue_state& state,
                                 const address& signer, std::int64_t now_ms) {
  const auto found = state.agents.find(signer);
  if (found == state.agents.end())
    return std::nullopt;
  for (const auto& x : state.accounts.at(found->second).agents)
    if (x.agent == signer && (!x.valid_until_ms || *x.valid_until_ms > now_ms))
      return found->second;
  return std::nullopt;
}

/// An account that another one signs for.
account& make_account_of(venue_state& state, const address& master,
                         std::string_view name) {
  address made;
  do {
    for (auto& byte : made.bytes)
      byte = static_cast<std::uint8_t>(next_random(state));
  } while (state.accounts.contains(made));
  auto& result = get_account(state, made);
  result.master = master;
  result.name = name;
  return result;
}

} // namespace

action_reply execute_approve_agent(venue_state& state, account& owner,
                                   const approve_agent_action& action) {
  const auto text = action.agent_name.value_or("");
  const auto given = parse_name(text);
  if (given.malformed)
    return refused_reply("Invalid agent name.");
  if (state.now_ms() < owner.agent_removal_until_ms)
    return refused_reply("User has pending agent removal");
  if (action.agent == address{})
    return remove_by_name(state, owner, given.name);
  auto until = given.valid_until_ms;
  if (until && *until <= state.now_ms())
    return refused_reply("Agent valid_until already expired.");
  if (!given.name.empty())
    until = std::min(until.value_or(state.now_ms() + validity_default_ms),
                     state.now_ms() + validity_max_ms);
  if (state.agents.contains(action.agent)
      || state.replaced_agents.contains(action.agent)
      || state.accounts.contains(action.agent))
    return refused_reply("Extra agent already used.");
  const auto most =
    named_agents_max + agents_per_sub_account * owner.sub_accounts.size();
  const auto named = static_cast<std::size_t>(
    std::count_if(owner.agents.begin(), owner.agents.end(),
                  [](const agent_view& x) { return !x.name.empty(); }));
  if (!given.name.empty() && find_agent(owner, given.name) == nullptr
      && named >= most)
    return refused_reply("Too many extra agents for cumulative volume traded. "
                         "Current limit is "
                         + std::to_string(most));
  install_agent(state, owner, action.agent, given.name, until);
  return done_reply();
}

void install_agent(venue_state& state, account& owner, const address& agent,
                   std::string_view name,
                   std::optional<std::int64_t> valid_until_ms) {
  if (const auto* known = find_agent(owner, name)) {
    const auto replaced = known->agent;
    remove_agent(state, replaced);
    state.replaced_agents.insert(replaced);
  }
  state.replaced_agents.erase(agent);
  state.agents[agent] = owner.user;
  owner.agents.push_back({.agent = agent,
                          .name = std::string{name},
                          .valid_until_ms = valid_until_ms});
}

bool remove_agent(venue_state& state, const address& agent) {
  const auto found = state.agents.find(agent);
  if (found == state.agents.end())
    return false;
  auto& agents = state.accounts.at(found->second).agents;
  std::erase_if(agents, [&](const auto& x) { return x.agent == agent; });
  state.agents.erase(found);
  return true;
}

account& make_sub_account(venue_state& state, const address& master,
                          std::string_view name) {
  auto& result = make_account_of(state, master, name);
  get_account(state, master).sub_accounts.push_back(result.user);
  return result;
}

account& make_vault(venue_state& state, const address& leader,
                    std::string_view name) {
  get_account(state, leader);
  auto& result = make_account_of(state, leader, name);
  result.is_vault = true;
  return result;
}

signer_resolution resolve_signer(venue_state& state,
                                 const exchange_submission& submission,
                                 std::int64_t now_ms) {
  const auto& signer = submission.signer;
  const bool is_l1 = std::holds_alternative<l1_action>(submission.action);
  const auto master = is_l1 ? master_of(state, signer, now_ms) : std::nullopt;
  const auto principal = master.value_or(signer);
  auto* owner = find_account(state, principal);
  if (submission.vault) {
    auto* vault = find_account(state, *submission.vault);
    if (!is_l1 || vault == nullptr || vault->master != principal)
      return {nullptr, "Vault not registered: " + to_string(*submission.vault)};
    return {vault, {}};
  }
  if (owner != nullptr)
    return {owner, {}};
  const bool known = !is_l1 || state.replaced_agents.contains(signer);
  return {nullptr, known ? must_deposit(signer) : unknown_signer(signer)};
}

} // namespace hlx::venue
