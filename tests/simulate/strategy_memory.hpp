// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/decode_result.hpp"
#include "tests/simulate/demo_ledger.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace hlx::simulate {

/// All that a strategy needs to go on after its process was killed: its ledger,
/// and with it the number of the last event that it has handled.
struct strategy_memory {
  strategy_id strategy;
  /// How often the strategy was started. A part of its client order ids: what
  /// was submitted and is not in the ledger cannot meet the same id again.
  std::uint64_t life = 0;
  ledger_content ledger;

  friend bool operator==(const strategy_memory&,
                         const strategy_memory&) = default;
};

/// As one JSON object.
std::string encode_memory(const strategy_memory& memory);

/// Reads it again. The error names the member that is wrong.
wire::decode_result<strategy_memory> decode_memory(std::string_view text);

/// Where in a folder the memory of the strategy is.
std::filesystem::path memory_file(const std::filesystem::path& folder,
                                  const strategy_id& strategy);

/// What the file holds of that strategy; no file: a strategy that never lived.
/// Throws std::runtime_error that names the file and what is wrong with it.
strategy_memory load_memory(const std::filesystem::path& file,
                            const strategy_id& strategy);

/// Replaces the file: whoever reads it, whenever this process or the machine
/// ends, finds the memory of before or this one, whole. Throws
/// std::runtime_error when it cannot be written.
void save_memory(const std::filesystem::path& file,
                 const strategy_memory& memory);

} // namespace hlx::simulate
