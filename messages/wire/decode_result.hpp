// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace hlx::wire {

/// Why a text was refused.
struct decode_error {
  enum class reason : std::uint8_t {
    syntax, ///< Not JSON.
    shape,  ///< JSON, but not what is asked for.
  };

  reason why = reason::shape;
  std::string text; ///< Names the place and what is wrong there.
};

/// A value, or why there is none.
template <class T>
class decode_result {
public:
  decode_result(T value) : content_(std::move(value)) {}

  decode_result(decode_error error) : content_(std::move(error)) {}

  [[nodiscard]] bool ok() const noexcept { return content_.index() == 0; }

  explicit operator bool() const noexcept { return ok(); }

  /// Only when ok().
  T& operator*() { return std::get<0>(content_); }

  const T& operator*() const { return std::get<0>(content_); }

  T* operator->() { return &std::get<0>(content_); }

  const T* operator->() const { return &std::get<0>(content_); }

  /// Only when not ok().
  [[nodiscard]] const decode_error& error() const {
    return std::get<1>(content_);
  }

private:
  std::variant<T, decode_error> content_;
};

} // namespace hlx::wire
