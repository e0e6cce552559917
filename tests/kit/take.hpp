// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <utility>
#include <variant>
#include <vector>

namespace hlx::kit {

/// Takes those of one type out of what a value has put out, in order.
template <class T, class Variant>
std::vector<T> take(std::vector<Variant>& from) {
  std::vector<T> result;
  std::erase_if(from, [&](auto& x) {
    auto* found = std::get_if<T>(&x);
    if (found != nullptr)
      result.push_back(std::move(*found));
    return found != nullptr;
  });
  return result;
}

} // namespace hlx::kit
