// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/event_stream/event_log.hpp"

#include "hlx/messages/assert.hpp"

#include <utility>

namespace hlx {

void event_log::append(order_event&& event) {
  HLX_ASSERT(header_of(event).sequence == last() + 1);
  events_.push_back(std::move(event));
}

void event_log::forget(std::uint64_t number) {
  HLX_ASSERT(number <= last());
  while (forgotten_ < number) {
    events_.pop_front();
    ++forgotten_;
  }
}

const order_event& event_log::at(std::uint64_t number) const {
  HLX_ASSERT(number > forgotten_ && number <= last());
  return events_[static_cast<std::size_t>(number - forgotten_ - 1)];
}

} // namespace hlx
