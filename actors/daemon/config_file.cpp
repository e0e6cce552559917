// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/options.hpp"
#include "hlx/messages/signing/secret_key.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <caf/actor_system_config.hpp>
#include <caf/config_value.hpp>
#include <caf/settings.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <sstream>

namespace hlx::daemon {

namespace {

/// Sections of CAF's own that the file may have too.
constexpr std::array<std::string_view, 5> caf_sections{
  "scheduler", "work-stealing", "middleman", "logger", "stream"};

/// Brackets within brackets that CAF's recursive reader gets to see.
constexpr int nesting_max = 8;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool nests_too_deeply(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\')
      ++i;
    else if (c == '"' || c == '\n')
      quoted = c == '"' && !quoted;
    else if (!quoted && (c == '[' || c == '{' || c == '<'))
      depth = depth + 1;
    else if (!quoted && (c == ']' || c == '}' || c == '>'))
      depth = std::max(0, depth - 1);
    if (depth > nesting_max)
      return true;
  }
  return false;
}

/// The first key that its section already has.
std::string repeated_key(const std::string& text) {
  std::set<std::string, std::less<>> seen;
  std::string section;
  std::istringstream lines{text};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const auto content = trimmed(line);
    if (content.empty() || content.front() == ';')
      continue;
    if (content.front() == '[') {
      section = content.substr(1, content.find(']') - 1);
      continue;
    }
    const auto equals = content.find('=');
    if (equals == std::string_view::npos)
      continue;
    auto key = section + "." + std::string{trimmed(content.substr(0, equals))};
    if (!seen.insert(key).second)
      return "line " + std::to_string(number) + ": " + key + " comes twice";
  }
  return {};
}

std::string known_names(std::string_view section) {
  std::string result;
  for (const auto& key : option_keys())
    if (key.section == section)
      result.append(result.empty() ? "" : ", ").append(key.name);
  return result;
}

bool is_own_section(std::string_view name) {
  const auto& keys = option_keys();
  return std::any_of(keys.begin(), keys.end(),
                     [name](const auto& x) { return x.section == name; });
}

/// A text is refused before CAF, which dumps what it is given, gets to see it.
std::string objection_to_text(std::string_view section, std::string_view name,
                              std::string_view value) {
  if (value.empty())
    return "is empty; leave it out for its default";
  if (section == "hlx" && name.starts_with("key_")
      && signing::secret_key::from_hex(value).ok())
    return "is a private key itself; name a "
           + std::string{name == "key_file" ? "file" : "variable"}
           + " that holds it";
  return {};
}

/// Checks a key of one of hlx's own sections.
std::string objection_to_value(std::string_view section, std::string_view name,
                               const caf::config_value& value) {
  const auto& keys = option_keys();
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const auto& x) {
    return x.section == section && x.name == name;
  });
  std::string where{section};
  where.append(".").append(name);
  if (found == keys.end())
    return where + ": unknown; [" + std::string{section}
           + "] has: " + known_names(section);
  switch (found->kind) {
    case option_kind::text:
      if (!caf::holds_alternative<std::string>(value))
        return where + ": expected a string in double quotes, got "
               + caf::to_string(value);
      if (auto what =
            objection_to_text(section, name, caf::get<std::string>(value));
          !what.empty())
        return where + ": " + what;
      break;
    case option_kind::integer:
      if (!caf::holds_alternative<caf::config_value::integer>(value))
        return where + ": expected an integer, got " + caf::to_string(value);
      break;
    case option_kind::boolean:
      if (!caf::holds_alternative<caf::config_value::boolean>(value))
        return where + ": expected true or false, got " + caf::to_string(value);
      break;
  }
  return {};
}

std::string objection_to_section(const std::string& name,
                                 const caf::config_value& content) {
  if (std::find(caf_sections.begin(), caf_sections.end(), name)
      != caf_sections.end())
    return {};
  const auto* members = caf::get_if<caf::settings>(&content);
  if (!is_own_section(name) || members == nullptr)
    return wire::quoted(name)
           + ": unknown section; there are [hlx], [node], [threads] and "
             "[quoter], and CAF's own [scheduler], [middleman], [logger], ...";
  for (const auto& [key, value] : *members)
    if (auto what = objection_to_value(name, key, value); !what.empty())
      return what;
  return {};
}

/// The options of `hlx run` that belong to no section.
constexpr std::array<std::string_view, 3> plain_options{"mainnet", "long-help",
                                                        "dump-config"};

std::string allowed_arguments() {
  std::string result = "(allowed: --config-file F, --mainnet, --help, and "
                       "--SECTION.KEY=VALUE with the sections";
  for (const auto& key : option_keys())
    if (result.find(' ' + std::string{key.section} + ',') == std::string::npos)
      result.append(" ").append(key.section).append(",");
  result += " or of CAF's own";
  for (const auto name : caf_sections)
    result.append(name == caf_sections.front() ? " " : ", ").append(name);
  return result + ')';
}

bool is_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  return result.ec == std::errc{} && result.ptr == end;
}

/// Checks --SECTION.KEY=VALUE for a section of hlx's own.
std::string objection_to_own(std::string_view section, std::string_view name,
                             std::optional<std::string_view> value) {
  const auto& keys = option_keys();
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const auto& x) {
    return x.section == section && x.name == name;
  });
  std::string where{"--"};
  where.append(section).append(".").append(name);
  if (found == keys.end())
    return where + ": unknown; [" + std::string{section}
           + "] has: " + known_names(section);
  if (found->kind == option_kind::boolean) {
    if (value && *value != "true" && *value != "false")
      return where + ": takes no value but true, got " + wire::quoted(*value)
             + "; leave it out for false";
  } else if (!value) {
    return where + ": needs a value, as in " + where + "=VALUE";
  } else if (auto what = objection_to_text(section, name, *value);
             !what.empty()) {
    return where + ": " + what;
  } else if (found->kind == option_kind::integer && !is_integer(*value)) {
    return where + ": expected an integer, got " + wire::quoted(*value);
  }
  return {};
}

std::string objection_to_argument(std::string_view text) {
  if (!text.starts_with("--"))
    return "no argument " + wire::quoted(text) + " is known "
           + allowed_arguments();
  const auto equals = text.find('=');
  const auto name = text.substr(2, equals - 2);
  const auto dot = name.rfind('.');
  const auto section = dot == std::string_view::npos ? "" : name.substr(0, dot);
  if (is_own_section(section))
    return objection_to_own(section, name.substr(dot + 1),
                            equals == std::string_view::npos
                              ? std::nullopt
                              : std::optional{text.substr(equals + 1)});
  const bool is_plain =
    std::find(plain_options.begin(), plain_options.end(), name)
    != plain_options.end();
  if (is_plain && equals != std::string_view::npos
      && text.substr(equals + 1) != "true" && text != "--mainnet=false")
    return "--" + std::string{name} + " takes no value but true, got "
           + wire::quoted(text.substr(equals + 1));
  const bool is_known =
    is_plain
    || std::find(caf_sections.begin(), caf_sections.end(), section)
         != caf_sections.end();
  return is_known ? ""
                  : "no option " + wire::quoted(text.substr(0, equals))
                      + " is known " + allowed_arguments();
}

} // namespace

std::string objection_to_arguments(const std::vector<std::string>& arguments) {
  for (const auto& text : arguments)
    if (auto what = objection_to_argument(text); !what.empty())
      return what;
  return {};
}

std::string objection_to_config(const std::string& text) {
  if (text.size() > config_file_max)
    return "larger than " + std::to_string(config_file_max) + " bytes";
  if (!wire::is_utf8(text) || text.find('\0') != std::string::npos)
    return "not a UTF-8 text";
  if (nests_too_deeply(text))
    return "nested deeper than " + std::to_string(nesting_max) + " levels";
  std::istringstream in{text};
  const auto parsed = caf::actor_system_config::parse_config(in);
  if (!parsed)
    return "not INI: " + caf::actor_system_config::render(parsed.error())
           + " (comments start with ; and texts stand in double quotes)";
  if (auto what = repeated_key(text); !what.empty())
    return what;
  for (const auto& [name, content] : *parsed)
    if (auto what = objection_to_section(name, content); !what.empty())
      return what;
  return {};
}

} // namespace hlx::daemon
