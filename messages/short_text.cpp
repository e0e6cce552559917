// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/short_text.hpp"

namespace hlx {

void short_text::init(std::string_view text) {
  if (text.size() <= in_place_max) {
    if (!text.empty())
      std::memcpy(bytes_, text.data(), text.size());
    mark_ = static_cast<std::uint8_t>(text.size());
    return;
  }
  auto* data = new char[text.size()];
  std::memcpy(data, text.data(), text.size());
  const heap_text x{data, text.size()};
  std::memcpy(bytes_, &x, sizeof(x));
  mark_ = on_heap;
}

} // namespace hlx
