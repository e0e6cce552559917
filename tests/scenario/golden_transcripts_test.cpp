// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/replay_run.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace hlx::simulate;
namespace fs = std::filesystem;

namespace {

const fs::path transcripts = fs::path{HLX_GOLDEN_DIR} / "transcripts";
const fs::path races = fs::path{HLX_GOLDEN_DIR} / "races";

std::vector<fs::path> files_in(const fs::path& directory,
                               std::string_view extension) {
  std::vector<fs::path> result;
  for (const auto& entry : fs::directory_iterator{directory})
    if (entry.path().extension() == extension)
      result.push_back(entry.path());
  std::sort(result.begin(), result.end());
  return result;
}

std::vector<fs::path> both(std::string_view extension) {
  auto result = files_in(transcripts, extension);
  const auto more = files_in(races, extension);
  result.insert(result.end(), more.begin(), more.end());
  return result;
}

std::vector<fs::path> scripts() {
  return both(".jsonl");
}

std::string content(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  BOOST_REQUIRE_MESSAGE(in, "cannot read " << path);
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in{text};
  std::vector<std::string> result;
  for (std::string line; std::getline(in, line);)
    result.push_back(line);
  return result;
}

/// Where the texts part: three lines before, then what was expected and what
/// came, three lines each.
std::string difference(const std::string& expected, const std::string& got) {
  constexpr std::size_t context = 3;
  const auto a = lines_of(expected);
  const auto b = lines_of(got);
  std::size_t same = 0;
  while (same < a.size() && same < b.size() && a[same] == b[same])
    ++same;
  std::ostringstream out;
  out << "line " << same + 1 << " of the output differs\n";
  for (auto i = same - std::min(same, context); i < same; ++i)
    out << "  " << a[i] << '\n';
  for (auto i = same; i < std::min(a.size(), same + context); ++i)
    out << "- " << a[i] << '\n';
  for (auto i = same; i < std::min(b.size(), same + context); ++i)
    out << "+ " << b[i] << '\n';
  return out.str();
}

std::string output_of(const std::string& script) {
  const auto result = replay(script);
  for (const auto& error : result.errors)
    BOOST_ERROR("line " << error.line << ": " << error.text);
  return result.output;
}

} // namespace

BOOST_AUTO_TEST_SUITE(golden_transcripts_suite)

BOOST_AUTO_TEST_CASE(every_script_gives_its_transcript) {
  const auto all = scripts();
  BOOST_TEST(all.size() > 80U);
  for (const auto& path : all) {
    auto expected_path = path;
    const auto expected = content(expected_path.replace_extension("expected"));
    const auto got = output_of(content(path));
    BOOST_CHECK_MESSAGE(got == expected, path.filename().string()
                                           << ": "
                                           << difference(expected, got));
  }
}

BOOST_AUTO_TEST_CASE(the_same_script_gives_the_same_bytes) {
  for (const auto& path : scripts()) {
    const auto script = content(path);
    BOOST_CHECK_MESSAGE(output_of(script) == output_of(script),
                        path.filename().string());
  }
}

BOOST_AUTO_TEST_CASE(every_transcript_has_its_script) {
  for (auto path : both(".expected")) {
    const auto name = path.string();
    BOOST_TEST(fs::exists(path.replace_extension("jsonl")), name);
  }
}

BOOST_AUTO_TEST_CASE(there_are_thirty_races_and_each_begins_with_its_sentence) {
  const auto all = files_in(races, ".jsonl");
  BOOST_TEST(all.size() >= 30U);
  for (const auto& path : all) {
    const auto first = lines_of(content(path)).at(0);
    BOOST_TEST(first.starts_with("# "), path.string());
    BOOST_TEST(first.ends_with("."), path.string());
  }
}

BOOST_AUTO_TEST_SUITE_END()
