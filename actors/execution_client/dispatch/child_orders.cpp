// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/execution_client/dispatch/child_orders.hpp"

#include <utility>

namespace hlx {

void note_children(context& c, std::span<tracked_order* const> list) {
  auto& parent = *list.front();
  std::vector<order_ref> children;
  for (const auto* child : list.subspan(1))
    children.push_back(c.state.orders.ref_of(*child));
  parent.has_children = !children.empty();
  if (parent.has_children)
    c.state.children[parent.slot] = std::move(children);
}

void release_children(context& c, tracked_order& parent) {
  parent.has_children = false;
  const auto found = c.state.children.find(parent.slot);
  if (found == c.state.children.end())
    return;
  const auto children = std::move(found->second);
  c.state.children.erase(found);
  if (parent.end == order_end::filled)
    return;
  for (const auto ref : children) {
    if (auto* child = c.state.orders.find(ref)) {
      child->parent_over = true;
      ask_about_child(c, *child);
    }
  }
}

void ask_about_child(context& c, tracked_order& child) {
  if (!child.child_waits || !child.parent_over || child.has_ended()
      || (child.work && child.work->resolving))
    return;
  child.working().resolving = resolution{.about = resolution::subject::child};
  // What ended the parent may name the child in its next element.
  arm(c, child, order_timer::resolve, c.now_ms);
}

} // namespace hlx
