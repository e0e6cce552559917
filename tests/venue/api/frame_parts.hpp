// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/api/info_answers.hpp"
#include "tests/venue/api/render.hpp"
#include "tests/venue/api/subscriptions.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

/// What the frames of several streams have in common.
namespace hlx::venue {

/// A frame up to its data.
inline json_writer opened(std::string_view channel) {
  json_writer out;
  out.open_object().member("channel", channel).key("data");
  return out;
}

inline std::string closed(json_writer& out) {
  return out.close_object().take();
}

/// {"user","isSnapshot"?,name:[rows]}; empty: no news.
template <class Rows, class Write>
std::string rows_frame(const subscription& x, std::string_view name,
                       const Rows& rows, bool snapshot, const Write& write) {
  if (rows.empty() && !snapshot)
    return {};
  auto out = opened(x.channel);
  out.open_object().member("user", to_string(*x.user));
  if (snapshot)
    out.member("isSnapshot", true);
  out.key(name).open_array();
  for (const auto& row : rows)
    write(out, row);
  out.close_array().close_object();
  return closed(out);
}

/// As many as one answer holds.
inline std::vector<fill_record> newest(std::vector<fill_record> fills) {
  if (fills.size() > page_max)
    fills.erase(fills.begin(),
                fills.end() - static_cast<std::ptrdiff_t>(page_max));
  return fills;
}

} // namespace hlx::venue
