// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What JSON text needs beside a parser: encoding checks, quoting, excerpts.
namespace hlx::wire {

/// Whether every byte is below 0x80.
bool is_ascii(std::string_view text) noexcept;

/// Whether the text is UTF-8: shortest forms only, no surrogates, nothing
/// beyond U+10FFFF. Fast for plain ASCII.
bool is_utf8(std::string_view text) noexcept;

/// Appends a JSON string with its quotes. Control characters are escaped and
/// bytes that are not UTF-8 become U+FFFD, so the result is always valid.
void append_json_string(std::string& out, std::string_view text);

/// Longest excerpt of a text that is quoted in a warning, in bytes.
inline constexpr std::size_t excerpt_max = 1000;

/// The text for a warning: cut after `excerpt_max` bytes, its full length
/// then being told, and with U+FFFD for what is not UTF-8.
std::string excerpt(std::string_view text);

/// The excerpt as a JSON string, the way an error quotes a text.
std::string quoted(std::string_view text);

} // namespace hlx::wire
