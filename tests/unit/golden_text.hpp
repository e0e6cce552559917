// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

/// Captured venue JSON for tests.
namespace hlx {

/// The text of tests/golden/frames/<name>.json, without the line end.
inline std::string golden_frame(const std::string& name) {
  std::ifstream file{std::string{HLX_GOLDEN_DIR} + "/frames/" + name + ".json"};
  BOOST_REQUIRE_MESSAGE(file, "no golden frame " + name);
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  while (text.ends_with('\n'))
    text.pop_back();
  return text;
}

/// The texts of all of them, sorted by name.
inline std::vector<std::string> all_golden_frames() {
  std::vector<std::string> names;
  const std::filesystem::path folder{std::string{HLX_GOLDEN_DIR} + "/frames"};
  for (const auto& entry : std::filesystem::directory_iterator{folder})
    names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  std::vector<std::string> texts;
  for (const auto& name : names)
    texts.push_back(golden_frame(name));
  return texts;
}

/// `text` with the first `from` replaced by `to`; fails when there is none.
inline std::string with(std::string text, const std::string& from,
                        const std::string& to) {
  const auto at = text.find(from);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, from + " not in " + text);
  return text.replace(at, from.size(), to);
}

} // namespace hlx
