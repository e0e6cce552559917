// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <caf/meta/type_name.hpp>
#include <caf/none.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

/// The one header of messages/ that knows CAF's version: how a type tells CAF
/// its fields. A move to CAF 1.x changes this file and the bootstrap.
namespace hlx {

/// One field of a message: its name (for newer CAF versions) and its value.
template <class T>
struct message_field {
  const char* name;
  T& value;
};

template <class T>
message_field<T> field(const char* name, T& value) {
  return {name, value};
}

/// Tells `f` the type's name and its fields, in order.
template <class Inspector, class... Ts>
typename Inspector::result_type inspect_fields(Inspector& f,
                                               const char* type_name,
                                               message_field<Ts>... fields) {
  return f(caf::meta::type_name(type_name), fields.value...);
}

} // namespace hlx

namespace caf {

/// A presence flag, then the value. Found through the inspector's namespace.
/// An inspector without result makes text: the value alone, or "<null>".
template <class Inspector, class T>
typename Inspector::result_type inspect(Inspector& f, std::optional<T>& x) {
  if constexpr (std::is_void_v<typename Inspector::result_type>) {
    if (x)
      f(*x);
    else
      f(static_cast<const int*>(nullptr));
  } else {
    bool present = x.has_value();
    if (auto err = f(present))
      return err;
    if (!present) {
      x.reset();
      return none;
    }
    if (!x)
      x.emplace();
    return f(*x);
  }
}

namespace hlx_detail {

template <class Variant, std::size_t Index = 0>
void emplace_alternative(Variant& x, std::size_t index) {
  if constexpr (Index < std::variant_size_v<Variant>) {
    if (index == Index) {
      if (x.index() != Index)
        x.template emplace<Index>();
    } else {
      emplace_alternative<Variant, Index + 1>(x, index);
    }
  }
}

} // namespace hlx_detail

/// The alternative's number, then its value. An unknown number from the wire
/// leaves the first alternative. As text: the value alone.
template <class Inspector, class... Ts>
typename Inspector::result_type inspect(Inspector& f, std::variant<Ts...>& x) {
  if constexpr (!std::is_void_v<typename Inspector::result_type>) {
    auto index = static_cast<std::uint8_t>(x.index());
    if (auto err = f(index))
      return err;
    hlx_detail::emplace_alternative(x, index);
  }
  return std::visit([&f](auto& value) { return f(value); }, x);
}

} // namespace caf

/// Some inspectors live here; without this it would depend on the order of
/// includes whether they find the two above.
namespace caf::detail {

using caf::inspect;

} // namespace caf::detail
