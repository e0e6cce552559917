// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/dispatch_parts.hpp"

#include <cstddef>
#include <vector>

namespace hlx {

/// Cancels of several orders that leave together, in as few actions as the
/// venue's bound allows: by cloid, and by number where it has to be.
class cancel_batch {
public:
  /// Adds the cancel that the order's work describes.
  void add(tracked_order& order, bool by_oid);

  std::size_t size() const { return by_cloid_.size() + by_oid_.size(); }

  /// To be called before anything else happens to the orders.
  void send(context& c);

private:
  std::vector<tracked_order*> by_cloid_;
  std::vector<tracked_order*> by_oid_;
};

} // namespace hlx
