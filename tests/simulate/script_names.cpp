// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/script_names.hpp"

#include "hlx/messages/signing/keccak.hpp"
#include "tests/simulate/script_fields.hpp"

#include <charconv>

namespace hlx::simulate {

namespace {

constexpr std::string_view account_name = "$account";
constexpr std::string_view cloid_name = "$cloid(";

/// The value with the names in every string replaced.
wire::json expanded(const script_names& names, const wire::json& value) {
  if (value.is_string())
    return wire::json::string(names.expand(value.text()));
  auto copy = value;
  for (auto& item : copy.items())
    item = expanded(names, item);
  for (auto& [name, item] : copy.members()) {
    name = names.expand(name);
    item = expanded(names, item);
  }
  return copy;
}

} // namespace

script_names::script_names(const address& account)
  : account_(to_string(account)) {
}

std::string script_names::expand(std::string_view text) const {
  std::string result;
  while (!text.empty()) {
    const auto dollar = text.find('$');
    result += text.substr(0, dollar);
    if (dollar == std::string_view::npos)
      break;
    text.remove_prefix(dollar);
    if (text.starts_with(account_name)) {
      result += account_;
      text.remove_prefix(account_name.size());
    } else if (text.starts_with(cloid_name)) {
      const auto end = text.find(')');
      if (end == std::string_view::npos)
        throw bad_field{in_quotes(text)
                        + ": $cloid( needs a ) (allowed: $cloid(ID))"};
      const client_order_id id{
        std::string{text.substr(cloid_name.size(), end - cloid_name.size())}};
      result += to_string(signing::cloid_of(id));
      text.remove_prefix(end + 1);
    } else {
      result += '$';
      text.remove_prefix(1);
    }
  }
  return result;
}

std::string script_names::expand(const wire::json& value) const {
  return expanded(*this, value).dump();
}

std::optional<std::string> script_names::order_status_key(
  std::string_view text) {
  if (const auto id = parse_bytes<cloid>(text))
    return to_string(*id);
  std::uint64_t oid = 0;
  const auto* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, oid);
  if (parsed.ec != std::errc{} || parsed.ptr != end)
    return std::nullopt;
  return std::to_string(oid);
}

} // namespace hlx::simulate
