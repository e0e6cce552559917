// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/http_submitter/post_socket.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

namespace hlx {

namespace {

constexpr const char* post_path = "/ws";

} // namespace

post_socket::post_socket(transport::event_loop& loop,
                         const venue_address& venue, link_options link,
                         std::function<std::int64_t()> now_ms,
                         post_socket_callbacks callbacks)
  : now_ms_(std::move(now_ms)),
    callbacks_(std::move(callbacks)),
    link_(link),
    tick_(loop, [this] { link_.timers_due(now_ms_(), out_); }),
    session_(
      loop,
      transport::endpoint{venue.host, venue.port, venue.tls, venue.ca_file},
      post_path,
      {[this] { link_.connected(now_ms_(), out_); },
       [this](std::string& text) { on_text(text); },
       [this] { link_.pong(now_ms_()); },
       [this](const std::string& reason) {
         // Its own close is known already.
         if (!std::exchange(closing_, false))
           link_.closed(reason, now_ms_(), out_);
       }}) {
  link_.start(now_ms_(), out_);
}

post_socket::~post_socket() = default;

void post_socket::post(transmission_id id, std::string_view frame) {
  hand_over(id, frame);
}

void post_socket::hand_over(transmission_id id, std::string_view text) {
  session_.send(text);
  handed_over_.push_back(id);
  while (handed_over_.size() > session_.unsent())
    handed_over_.pop_front();
}

std::set<transmission_id> post_socket::unsent() const {
  const auto count = std::min(session_.unsent(), handed_over_.size());
  std::set<transmission_id> result(handed_over_.end()
                                     - static_cast<std::ptrdiff_t>(count),
                                   handed_over_.end());
  result.erase(0);
  return result;
}

void post_socket::on_text(const std::string& text) {
  link_.pong(now_ms_());
  auto& frame = decoder_.decode(text);
  using wire::frame_kind;
  if (frame.kind == frame_kind::post_reply)
    callbacks_.on_answer(frame.post);
  else if (frame.kind == frame_kind::error
           && !callbacks_.on_complaint(frame.text))
    callbacks_.on_warning("the venue complains on the socket for posts: "
                          + frame.text);
  for (auto& warning : frame.update.warnings)
    callbacks_.on_warning(std::move(warning));
}

void post_socket::turn() {
  for (auto& x : std::exchange(out_, {}))
    std::visit(
      [this](auto& y) {
        using type = std::decay_t<decltype(y)>;
        if constexpr (std::is_same_v<type, link_connect>) {
          session_.connect();
        } else if constexpr (std::is_same_v<type, link_send>) {
          hand_over(0, y.text);
        } else if constexpr (std::is_same_v<type, link_close>) {
          closing_ = true;
          session_.close();
        } else if constexpr (std::is_same_v<type, stream_up>) {
          handed_over_.clear();
          callbacks_.on_up();
        } else if constexpr (std::is_same_v<type, stream_down>) {
          callbacks_.on_down(y.reason, unsent());
        } else {
          for (auto& warning : y.warnings)
            callbacks_.on_warning(std::move(warning));
        }
      },
      x);
  const auto next = link_.next_deadline_ms();
  if (next == armed_ms_ && tick_.is_running())
    return;
  armed_ms_ = next;
  if (next)
    tick_.start(*next - now_ms_() + 1);
  else
    tick_.stop();
}

} // namespace hlx
