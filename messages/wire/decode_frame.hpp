// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/reports.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hlx::wire {

/// What a frame of the venue is.
enum class frame_kind : std::uint8_t {
  unknown,       ///< Not understood: see the warnings.
  order_updates, ///< Status changes, in `update.orders`.
  user_fills,    ///< Fills, live or a snapshot, in `update.fills`.
  user_events,   ///< Fills of the channel "user"; other events of it: empty.
  open_orders,   ///< All open orders of one dex, in `update.orders`.
  subscription_acknowledged, ///< See `subscription_*`.
  pong,
  post_reply,   ///< See `post`.
  error,        ///< The venue's complaint, in `text`.
  known_unused, ///< Of a channel that hlx does not use.
  greeting,     ///< The sentence that some servers begin with.
};

/// What a reply to a WebSocket post carries.
enum class post_payload : std::uint8_t {
  action, ///< `text` is the JSON that HTTP would have answered.
  info,   ///< `text` is the JSON that HTTP would have answered.
  error,  ///< `text` is the venue's error, no JSON.
};

struct post_answer {
  std::uint64_t id = 0; ///< As given in the post.
  post_payload payload = post_payload::error;
  std::string text;

  friend bool operator==(const post_answer&, const post_answer&) = default;
};

/// What the venue acknowledged.
struct subscription_ack {
  bool subscribed = true; ///< False: an unsubscription.
  std::string type;       ///< The venue's word, "orderUpdates".
  std::optional<address> user;
  std::string coin;

  friend bool operator==(const subscription_ack&,
                         const subscription_ack&) = default;
};

/// One frame, decoded. Warnings may come with every kind and are always in
/// `update.warnings`.
struct decoded_frame {
  frame_kind kind = frame_kind::unknown;
  user_stream_update update;
  subscription_ack acknowledged;
  post_answer post;
  std::string text; ///< Of an error.
};

/// Longest frame that is looked at, in bytes: several times the longest
/// snapshot that the venue sends.
inline constexpr std::size_t frame_size_max = 16U << 20;

/// How deep the values of a frame may nest.
inline constexpr std::size_t frame_depth_max = 32;

/// Turns frames into values. Total: whatever the bytes are, the result is a
/// value or a warning that quotes them. An element that is not understood
/// takes no neighbour with it. Keeps its memory from frame to frame.
class frame_decoder {
public:
  frame_decoder();
  ~frame_decoder();
  frame_decoder(frame_decoder&&) noexcept;
  frame_decoder& operator=(frame_decoder&&) noexcept;

  /// Decodes one text frame. The result is the decoder's own, may be moved
  /// from, and is valid until the next call.
  decoded_frame& decode(std::string_view frame);

private:
  struct state;
  std::unique_ptr<state> state_;
};

} // namespace hlx::wire
