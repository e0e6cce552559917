// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/options.hpp"

#include "tests/simulate/checked_output.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace hlx::simulate {

namespace {

void print_help(std::string_view name, std::string_view summary,
                const std::vector<option>& options) {
  std::string text{"usage: hlx-sim "};
  text.append(name).append(" [OPTION]...\n\n").append(summary).append("\n\n");
  for (const auto& x : options) {
    std::string left{"  "};
    left.append(x.name);
    if (!x.argument.empty())
      left.append(" ").append(x.argument);
    left.resize(std::max<std::size_t>(left.size() + 2, 28), ' ');
    text.append(left).append(x.help).append("\n");
  }
  text.append("  --help                    this text\n");
  auto out = standard_output();
  out.write(text);
  if (const auto lost = out.failure(); !lost.empty())
    throw std::runtime_error(lost);
}

const option& find_option(std::string_view name,
                          const std::vector<option>& options) {
  for (const auto& x : options)
    if (x.name == name)
      return x;
  std::string names;
  for (const auto& x : options)
    names.append(names.empty() ? "" : ", ").append(x.name);
  throw usage_error("no option \"" + std::string{name} + "\"; there are "
                    + names + " and --help");
}

} // namespace

bool parse_options(int argc, char** argv, std::string_view summary,
                   const std::vector<option>& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word{argv[i]};
    if (word == "--help" || word == "-h") {
      print_help(argv[0], summary, options);
      return false;
    }
    const auto equals = word.find('=');
    const auto name = word.substr(0, equals);
    const auto& found = find_option(name, options);
    std::string_view value;
    const bool has_value = equals != std::string_view::npos;
    if (has_value)
      value = word.substr(equals + 1);
    if (found.argument.empty() && has_value)
      throw usage_error(std::string{name} + " takes no value");
    if (!found.argument.empty() && !has_value && ++i < argc)
      value = argv[i];
    if (!found.argument.empty() && value.empty())
      throw usage_error(std::string{name} + " needs "
                        + std::string{found.argument});
    try {
      found.take(value);
    } catch (const usage_error& e) {
      throw usage_error(std::string{name} + ": " + e.what());
    }
  }
  return true;
}

std::uint64_t parse_number(std::string_view text, std::uint64_t low,
                           std::uint64_t high) {
  std::uint64_t result = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, result);
  if (error != std::errc{} || stop != end || result < low || result > high)
    throw usage_error("\"" + std::string{text.substr(0, 60)}
                      + "\" is not a whole number from " + std::to_string(low)
                      + " to " + std::to_string(high));
  return result;
}

} // namespace hlx::simulate
