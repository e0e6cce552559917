// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/event_stream/stream_effects.hpp"

#include <map>
#include <utility>

namespace hlx {

/// The receivers of events that live: what actors they are, and the ids by
/// which the values know them. Handles of plain receivers are null.
template <class Address, class Handle>
class receiver_table {
public:
  /// 0 when the actor is not known.
  receiver_id id_of(const Address& actor) const {
    const auto found = ids_.find(actor);
    return found != ids_.end() ? found->second : receiver_id{};
  }

  /// Adds the actor, or the handle to one that is known.
  receiver_id add(const Address& actor, Handle handle) {
    const auto [entry, is_new] = ids_.try_emplace(actor, receiver_id{});
    if (is_new)
      entry->second = {++last_};
    auto& known = handles_[entry->second];
    if (handle)
      known = std::move(handle);
    return entry->second;
  }

  void remove(const Address& actor) {
    if (const auto found = ids_.find(actor); found != ids_.end()) {
      handles_.erase(found->second);
      ids_.erase(found);
    }
  }

  /// Null when it is not known, or plain.
  Handle handle_of(receiver_id id) const {
    const auto found = handles_.find(id);
    return found != handles_.end() ? found->second : Handle{};
  }

private:
  std::map<Address, receiver_id> ids_;
  std::map<receiver_id, Handle> handles_;
  std::uint64_t last_ = 0;
};

} // namespace hlx
