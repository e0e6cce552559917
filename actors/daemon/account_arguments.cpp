// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/account.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace hlx::daemon {

namespace {

/// Thrown for a bad argument, and caught in this file.
struct complaint {
  std::string text;
};

[[noreturn]] void complain(std::string_view what, const std::string& argument,
                           std::string_view allowed) {
  throw complaint{std::string{what} + ": " + wire::quoted(argument) + " is not "
                  + std::string{allowed}};
}

amount read_amount(std::string_view what, const std::string& text,
                   std::string_view allowed) {
  const auto result = parse<amount>(text);
  if (!result)
    complain(what, text, allowed);
  return *result;
}

amount read_sum(const std::string& text) {
  return read_amount("SUM", text, "a decimal like \"12.5\"");
}

address read_address(std::string_view what, const std::string& text) {
  const auto result = parse_bytes<address>(text);
  if (!result)
    complain(what, text, "0x and 40 hex digits");
  return *result;
}

/// One of two words: whether it is the first.
bool read_choice(std::string_view what, const std::string& text,
                 std::string_view yes, std::string_view no) {
  if (text != yes && text != no)
    complain(what, text, std::string{yes} + " or " + std::string{no});
  return text == yes;
}

/// The arguments of one verb, by position.
class argument_list {
public:
  argument_list(const std::vector<std::string>& all, std::size_t least,
                std::size_t most)
    : all_(all) {
    if (all.size() < least)
      throw complaint{"arguments are missing: " + std::to_string(all.size())
                      + " of " + std::to_string(least) + " are given"};
    if (all.size() > most)
      throw complaint{"no argument " + wire::quoted(all[most]) + " is known"};
  }

  const std::string& operator[](std::size_t index) const { return all_[index]; }

  std::string or_empty(std::size_t index) const {
    return index < all_.size() ? all_[index] : std::string{};
  }

private:
  const std::vector<std::string>& all_;
};

account_command_body read_leverage(const std::vector<std::string>& all) {
  const argument_list x{all, 2, 3};
  set_leverage result;
  result.instrument = x[0];
  const auto& text = x[1];
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, result.leverage);
  if (read.ec != std::errc{} || read.ptr != end)
    complain("LEVERAGE", text, "an integer like \"10\"");
  const auto mode = x.or_empty(2);
  result.cross =
    mode.empty() || read_choice("MARGIN", mode, "cross", "isolated");
  return result;
}

account_command_body read_margin(const std::vector<std::string>& all) {
  const argument_list x{all, 2, 2};
  return move_isolated_margin{x[0], read_sum(x[1])};
}

account_command_body read_transfer(const std::vector<std::string>& all) {
  constexpr std::array<std::string_view, 7> places{
    "to-perp",  "to-spot",    "to-sub-account", "from-sub-account",
    "to-vault", "from-vault", "to-account"};
  const argument_list x{all, 1, 3};
  const auto& where = x[0];
  if (std::find(places.begin(), places.end(), where) == places.end())
    complain("WHERE", where,
             "to-perp, to-spot, to-sub-account, from-sub-account, to-vault, "
             "from-vault or to-account");
  if (where == "to-perp" || where == "to-spot") {
    const argument_list two{all, 2, 2};
    return transfer_between_wallets{read_sum(two[1]), where == "to-perp"};
  }
  const argument_list three{all, 3, 3};
  const auto sum = read_sum(three[2]);
  if (where == "to-sub-account" || where == "from-sub-account")
    return transfer_to_sub_account{read_address("ADDRESS", three[1]), sum,
                                   where == "to-sub-account"};
  if (where == "to-vault" || where == "from-vault")
    return transfer_to_vault{read_address("ADDRESS", three[1]), sum,
                             where == "to-vault"};
  return send_usd{read_address("ADDRESS", three[1]), sum};
}

account_command_body read_approve_agent(const std::vector<std::string>& all) {
  const argument_list x{all, 1, 2};
  return approve_agent{read_address("ADDRESS", x[0]), x.or_empty(1)};
}

account_command_body read_approve_builder_fee(
  const std::vector<std::string>& all) {
  const argument_list x{all, 2, 2};
  auto percent = x[1];
  if (percent.ends_with('%'))
    percent.pop_back();
  return approve_builder_fee{
    read_address("ADDRESS", x[0]),
    read_amount("PERCENT", percent, "a decimal like \"0.001\"")};
}

} // namespace

wire::decode_result<account_command> read_account_command(
  std::string_view verb, const std::vector<std::string>& arguments) {
  try {
    if (verb == "leverage")
      return account_command{read_leverage(arguments)};
    if (verb == "margin")
      return account_command{read_margin(arguments)};
    if (verb == "transfer")
      return account_command{read_transfer(arguments)};
    if (verb == "approve-agent")
      return account_command{read_approve_agent(arguments)};
    if (verb == "approve-builder-fee")
      return account_command{read_approve_builder_fee(arguments)};
    throw complaint{"no subcommand " + wire::quoted(verb)};
  } catch (complaint& x) {
    return wire::decode_error{wire::decode_error::reason::shape,
                              std::move(x.text)};
  }
}

} // namespace hlx::daemon
