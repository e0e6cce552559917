// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace hlx::simulate {

/// What the file holds; nothing when there is none. Throws std::runtime_error
/// when it cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& file);

/// Replaces the file at once and for good: under another name, out to the
/// disk, then renamed. One writer at a time. Throws std::runtime_error.
void write_file(const std::filesystem::path& file, std::string_view text);

} // namespace hlx::simulate
