// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/without_keys.hpp"
#include "tests/simulate/options.hpp"
#include "tests/simulate/replay_run.hpp"
#include "tests/simulate/script_fields.hpp"
#include "tests/simulate/subcommands.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

namespace hlx::simulate {

namespace {

constexpr auto usage =
  "usage: hlx-sim replay FILE\n"
  "\n"
  "Runs the execution client on the script FILE (- is standard input) under\n"
  "a virtual clock and prints, one JSON line each, what it did. The same\n"
  "script gives the same bytes. tests/README.md describes the format.\n"
  "\n"
  "Exit status: 0 the script ran; 1 it could not be run to its end; 2 the\n"
  "call or the script is wrong, and nothing was run.\n";

/// The whole file; false and errno when it cannot be read.
bool read_all(const std::string& path, std::string& out) {
  const auto close = [](std::FILE* file) {
    if (file != stdin)
      std::fclose(file);
  };
  const std::unique_ptr<std::FILE, decltype(close)> file{
    path == "-" ? stdin : std::fopen(path.c_str(), "rb"), close};
  if (!file)
    return false;
  std::string chunk(1U << 16U, '\0');
  for (;;) {
    const auto size = std::fread(chunk.data(), 1, chunk.size(), file.get());
    out.append(chunk, 0, size);
    if (size < chunk.size())
      return std::ferror(file.get()) == 0;
  }
}

int report(const std::string& path, const std::vector<script_error>& errors,
           std::size_t count) {
  for (const auto& error : errors)
    std::fprintf(stderr, "%s:%zu: %s\n", path.c_str(), error.line,
                 signing::without_keys(error.text).c_str());
  if (count > errors.size())
    std::fprintf(stderr, "%s: and %zu more\n", path.c_str(),
                 count - errors.size());
  return 2;
}

} // namespace

int replay_main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (std::strcmp(argv[i], "--help") == 0
        || std::strcmp(argv[i], "-h") == 0) {
      std::fputs(usage, stdout);
      return 0;
    }
  if (argc < 2)
    throw usage_error("FILE is missing: a script, or - for standard input");
  for (int i = 1; i < argc; ++i)
    if (argv[i][0] == '-' && argv[i][1] != '\0')
      throw usage_error("no option " + in_quotes(argv[i])
                        + "; there is --help, and FILE (- is standard input)");
  if (argc > 2)
    throw usage_error("no argument " + in_quotes(argv[2])
                      + " is known: one FILE is run");
  const std::string path{argv[1]};
  std::string text;
  if (!read_all(path, text))
    throw usage_error("cannot read " + path + ": " + std::strerror(errno));
  auto parsed = parse_script(text);
  if (parsed.error_count > 0)
    return report(path, parsed.errors, parsed.error_count);
  std::vector<script_error> errors;
  auto instruments = instruments_of(parsed.value, errors);
  if (!instruments)
    return report(path, errors, errors.size());
  run_replay(parsed.value, std::move(*instruments), [](std::string_view lines) {
    std::fwrite(lines.data(), 1, lines.size(), stdout);
  });
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    std::fputs("hlx-sim replay: cannot write the output\n", stderr);
    return 1;
  }
  return 0;
}

} // namespace hlx::simulate
