// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hlx {

/// Text that is mostly short: up to 31 bytes are kept in place, so that ids of
/// the usual length are copied without allocating. Longer text is kept on the
/// heap. Reads as a std::string_view, whose contents it owns.
class short_text {
public:
  static constexpr std::size_t in_place_max = 31;

  short_text() noexcept = default;

  template <std::convertible_to<std::string_view> Text>
  short_text(const Text& text) { // NOLINT(google-explicit-constructor)
    init(std::string_view{text});
  }

  short_text(const short_text& other) {
    if (other.is_in_place())
      take(other);
    else
      init(other.view());
  }

  short_text(short_text&& other) noexcept {
    take(other);
    other.clear_in_place();
  }

  short_text& operator=(const short_text& other) {
    if (is_in_place() && other.is_in_place())
      take(other);
    else
      *this = short_text{other};
    return *this;
  }

  short_text& operator=(short_text&& other) noexcept {
    // What was here leaves with `other`.
    short_text old;
    old.take(*this);
    take(other);
    other.take(old);
    old.clear_in_place();
    return *this;
  }

  ~short_text() {
    if (!is_in_place())
      delete[] heap().data;
  }

  std::string_view view() const noexcept {
    if (is_in_place())
      return {bytes_, mark_};
    const auto [data, size] = heap();
    return {data, size};
  }

  operator std::string_view() const noexcept { return view(); }

  operator std::string() const { return std::string{view()}; }

  std::size_t size() const noexcept { return view().size(); }
  bool empty() const noexcept { return mark_ == 0; }
  void clear() noexcept { *this = short_text{}; }

  template <std::convertible_to<std::string_view> Text>
  friend bool operator==(const short_text& a, const Text& b) noexcept {
    return a.view() == std::string_view{b};
  }

  template <std::convertible_to<std::string_view> Text>
  friend std::strong_ordering operator<=>(const short_text& a,
                                          const Text& b) noexcept {
    return a.view() <=> std::string_view{b};
  }

  friend std::string operator+(std::string a, const short_text& b) {
    a += b.view();
    return a;
  }

  friend std::string operator+(const short_text& a, std::string_view b) {
    return std::string{a} += b;
  }

  friend std::ostream& operator<<(std::ostream& out, const short_text& x) {
    return out << x.view();
  }

  /// As a string, in messages between nodes too.
  template <class Inspector>
  friend typename Inspector::result_type inspect(Inspector& f, short_text& x) {
    std::string text{x.view()};
    if constexpr (Inspector::reads_state) {
      return f(text);
    } else if constexpr (std::is_void_v<typename Inspector::result_type>) {
      f(text);
      x = text;
    } else {
      auto result = f(text);
      x = text;
      return result;
    }
  }

private:
  struct heap_text {
    const char* data;
    std::size_t size;
  };

  static constexpr std::uint8_t on_heap = 0xff;

  bool is_in_place() const noexcept { return mark_ != on_heap; }

  heap_text heap() const noexcept {
    heap_text x{};
    std::memcpy(&x, bytes_, sizeof(x));
    return x;
  }

  /// The same bytes; only one of the two may own them afterwards.
  void take(const short_text& other) noexcept {
    std::memcpy(bytes_, other.bytes_, sizeof(bytes_));
    mark_ = other.mark_;
  }

  void clear_in_place() noexcept { mark_ = 0; }

  void init(std::string_view text);

  alignas(void*) char bytes_[in_place_max] = {};
  std::uint8_t mark_ = 0; ///< The size, or that the bytes are a heap_text.
};

static_assert(sizeof(short_text) == 32);

} // namespace hlx

template <>
struct std::hash<hlx::short_text> {
  std::size_t operator()(const hlx::short_text& x) const noexcept {
    return std::hash<std::string_view>{}(x.view());
  }
};
