// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/decode_frame.hpp"
#include "hlx/messages/wire/frame_channels.hpp"
#include "hlx/messages/wire/frame_elements.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace hlx::wire {

/// What a JSON reader calls, value by value, to decode the hot frames. Knows
/// where in the frame it is; skips what it has no use for, and elements that
/// are broken, up to their end. `Stream` as in frame_elements. Internal to
/// wire/.
template <class Stream>
class frame_handler {
public:
  /// `channel` is what is known of it beforehand. `ascii` says that the frame
  /// has neither escapes nor anything beyond ASCII.
  frame_handler(Stream& stream, std::string_view frame, decoded_frame& out,
                frame_channel channel, bool ascii)
    : out_(out),
      elements_(stream, frame, out.update),
      channel_(channel),
      ascii_(ascii) {}

  frame_channel channel() const { return channel_; }

  /// Of an unknown channel.
  const std::string& channel_name() const { return channel_name_; }
  bool too_deep() const { return depth_ > frame_depth_max; }

  /// Whether the data came before the channel's name, and was skipped.
  bool data_came_first() const { return data_came_first_; }

  // The reader's names.
  // NOLINTBEGIN(readability-identifier-naming)
  bool Null() {
    scalar([](auto& builder, element_field field) { builder.null(field); },
           "null");
    return true;
  }

  bool Bool(bool x) {
    if (skipped_ == 0 && place_ == place::fills_data
        && key_ == key::is_snapshot) {
      out_.update.snapshot = x;
      return true;
    }
    scalar(
      [x](auto& builder, element_field field) { builder.boolean(field, x); },
      x ? "true" : "false");
    return true;
  }

  bool Uint(unsigned x) { return Uint64(x); }

  bool Uint64(std::uint64_t x) {
    if (skipped_ == 0 && place_ == place::post_data && key_ == key::id) {
      out_.post.id = x;
      post_seen_ |= 1U;
    }
    scalar(
      [x](auto& builder, element_field field) { builder.integer(field, x); });
    return true;
  }

  bool Int(int) { return wrong_scalar(); }
  bool Int64(std::int64_t) { return wrong_scalar(); }
  bool Double(double) { return wrong_scalar(); }
  bool RawNumber(const char*, unsigned, bool) { return wrong_scalar(); }

  bool String(const char* data, unsigned size, bool) {
    const std::string_view text{data, size};
    if (skipped_ != 0)
      return true;
    if (place_ == place::order || place_ == place::order_element
        || place_ == place::fill) {
      const bool readable = ascii_ || is_utf8(text);
      scalar([text, readable](auto& builder, element_field field) {
        if (readable)
          builder.text(field, text);
        else if (field != element_field::none)
          builder.fail(field, "is not UTF-8");
      });
      return true;
    }
    outer_text(text);
    return true;
  }

  bool Key(const char* data, unsigned size, bool) {
    if (skipped_ != 0)
      return true;
    const std::string_view name{data, size};
    switch (place_) {
      case place::order:
        field_ = order_builder::inner_field(name);
        break;
      case place::order_element:
        field_ = order_builder::outer_field(name);
        break;
      case place::fill:
        field_ = fill_builder::field(name);
        break;
      case place::root:
      case place::fills_data:
      case place::post_data:
      case place::post_response:
        key_ = outer_key(name);
        break;
      case place::start:
      case place::order_list:
      case place::fill_list:
        break; // No object.
    }
    return true;
  }

  bool StartObject() {
    if (++depth_ > frame_depth_max)
      return false;
    if (skipped_ != 0) {
      ++skipped_;
      return true;
    }
    switch (place_) {
      case place::start:
        place_ = place::root;
        break;
      case place::root:
        enter_data(false);
        break;
      case place::order_list:
        elements_.begin_order();
        place_ = place::order_element;
        break;
      case place::order_element:
        if (field_ == element_field::order)
          place_ = place::order;
        else
          skip_member(elements_.order());
        break;
      case place::order:
        skip_member(elements_.order());
        break;
      case place::fill_list:
        elements_.begin_fill();
        place_ = place::fill;
        break;
      case place::fill:
        skip_member(elements_.fill());
        break;
      case place::fills_data:
        skip_outer();
        break;
      case place::post_data:
        if (key_ == key::response)
          place_ = place::post_response;
        else
          skipped_ = 1;
        break;
      case place::post_response:
        begin_payload();
        break;
    }
    return true;
  }

  bool EndObject(unsigned) {
    --depth_;
    if (skipped_ != 0) {
      end_skipped();
      return true;
    }
    switch (place_) {
      case place::order:
        place_ = place::order_element;
        field_ = element_field::none;
        break;
      case place::order_element:
        elements_.end_order();
        place_ = place::order_list;
        break;
      case place::fill:
        elements_.end_fill();
        place_ = place::fill_list;
        break;
      case place::post_response:
      case place::fills_data:
      case place::post_data:
        place_ =
          place_ == place::post_response ? place::post_data : place::root;
        key_ = key::other;
        break;
      case place::start:
      case place::root:
      case place::order_list:
      case place::fill_list:
        place_ = place::start;
        break;
    }
    return true;
  }

  bool StartArray() {
    if (++depth_ > frame_depth_max)
      return false;
    if (skipped_ != 0) {
      ++skipped_;
      return true;
    }
    switch (place_) {
      case place::root:
        enter_data(true);
        break;
      case place::fills_data:
        if (key_ == key::fills) {
          lists_seen_ = true;
          place_ = place::fill_list;
        } else {
          skip_outer();
        }
        break;
      case place::order_element:
      case place::order:
        skip_member(elements_.order());
        break;
      case place::fill:
        skip_member(elements_.fill());
        break;
      case place::order_list:
      case place::fill_list:
        elements_.begin();
        skipped_ = 1;
        break;
      case place::post_response:
        begin_payload();
        break;
      case place::start:
      case place::post_data:
        skipped_ = 1;
        break;
    }
    return true;
  }

  bool EndArray(unsigned) {
    --depth_;
    if (skipped_ != 0) {
      end_skipped();
      return true;
    }
    place_ = place_ == place::fill_list ? place::fills_data : place::root;
    key_ = key::other;
    return true;
  }

  // NOLINTEND(readability-identifier-naming)

  /// Whether the post's id and payload were there.
  bool is_post_complete() const { return post_seen_ == 7U; }

  /// Whether the data had the list that the channel is about.
  bool has_list() const { return lists_seen_; }

  /// Whether the data of "user" had an event that is known and not used.
  bool has_unused_event() const { return unused_event_seen_; }

  /// Whether "isSnapshot" was absent or a boolean.
  bool is_snapshot_flag_readable() const { return snapshot_flag_readable_; }

private:
  /// Where in the frame the next value belongs.
  enum class place : std::uint8_t {
    start,
    root,
    order_list,
    order_element,
    order,
    fills_data,
    fill_list,
    fill,
    post_data,
    post_response,
  };

  /// The last key of an object around the elements.
  enum class key : std::uint8_t {
    other,
    channel,
    data,
    is_snapshot,
    fills,
    id,
    response,
    type,
    payload,
  };

  /// Gives a scalar to the builder of the element that it belongs to. The
  /// stream stands before it, but after a `literal`.
  template <class Give>
  void scalar(Give give, std::string_view literal = {}) {
    if (skipped_ != 0)
      return;
    switch (place_) {
      case place::order:
      case place::order_element:
        return give(elements_.order(), field_);
      case place::fill:
        return give(elements_.fill(), field_);
      case place::order_list:
      case place::fill_list:
        return elements_.scalar(literal);
      case place::fills_data:
        return check_snapshot_flag();
      case place::start:
      case place::root:
      case place::post_data:
      case place::post_response:
        return;
    }
  }

  bool wrong_scalar() {
    scalar(
      [](auto& builder, element_field field) { builder.wrong_type(field); });
    return true;
  }

  /// Of an object around the elements.
  key outer_key(std::string_view name) {
    if (place_ == place::root)
      return name == "channel" ? key::channel
             : name == "data"  ? key::data
                               : key::other;
    if (place_ == place::post_data)
      return name == "id"         ? key::id
             : name == "response" ? key::response
                                  : key::other;
    if (place_ == place::post_response)
      return name == "type"      ? key::type
             : name == "payload" ? key::payload
                                 : key::other;
    if (name == "fills")
      return key::fills;
    if (name == "isSnapshot")
      return key::is_snapshot;
    unused_event_seen_ = unused_event_seen_ || is_unused_user_event(name);
    return key::other;
  }

  /// A string that belongs to no element.
  void outer_text(std::string_view text) {
    switch (place_) {
      case place::root:
        if (key_ == key::channel) {
          channel_ = classify_channel(text);
          if (channel_ == frame_channel::unknown)
            channel_name_ = text;
        } else if (key_ == key::data) {
          out_.text =
            ascii_ || is_utf8(text) ? std::string{text} : excerpt(text);
        }
        break;
      case place::post_response:
        if (key_ == key::type) {
          set_payload_type(text);
        } else if (key_ == key::payload) {
          out_.post.text = text;
          post_seen_ |= 4U;
        }
        break;
      case place::start:
      case place::order_list:
      case place::order_element:
      case place::order:
      case place::fills_data:
      case place::fill_list:
      case place::fill:
      case place::post_data:
        wrong_scalar();
        break;
    }
  }

  void set_payload_type(std::string_view text) {
    if (text == "action")
      out_.post.payload = post_payload::action;
    else if (text == "info")
      out_.post.payload = post_payload::info;
    else if (text == "error")
      out_.post.payload = post_payload::error;
    else
      return;
    post_seen_ |= 2U;
  }

  /// A member of the root begins that is an array or an object.
  void enter_data(bool array) {
    skipped_ = 1;
    if (key_ != key::data)
      return;
    data_came_first_ = channel_ == frame_channel::none;
    switch (channel_) {
      case frame_channel::order_updates:
        if (array) {
          lists_seen_ = true;
          enter("orderUpdates", place::order_list);
        }
        return;
      case frame_channel::user_fills:
        if (!array)
          enter("userFills", place::fills_data);
        return;
      case frame_channel::user:
        if (!array)
          enter("user", place::fills_data);
        return;
      case frame_channel::post:
        if (!array)
          enter({}, place::post_data);
        return;
      case frame_channel::none:
      case frame_channel::open_orders:
      case frame_channel::subscription_response:
      case frame_channel::error:
      case frame_channel::pong:
      case frame_channel::unused:
      case frame_channel::unknown:
        return;
    }
  }

  void enter(std::string_view list, place where) {
    elements_.begin_list(list);
    place_ = where;
    skipped_ = 0;
  }

  template <class Builder>
  void skip_member(Builder& builder) {
    builder.wrong_type(field_);
    skipped_ = 1;
  }

  void skip_outer() {
    check_snapshot_flag();
    skipped_ = 1;
  }

  void check_snapshot_flag() {
    if (key_ == key::is_snapshot)
      snapshot_flag_readable_ = false;
  }

  void begin_payload() {
    skipped_ = 1;
    if (key_ == key::payload) {
      in_payload_ = true;
      elements_.begin();
    }
  }

  void end_skipped() {
    if (--skipped_ != 0)
      return;
    if (in_payload_) {
      in_payload_ = false;
      out_.post.text = elements_.text();
      post_seen_ |= 4U;
    } else if (place_ == place::order_list || place_ == place::fill_list) {
      elements_.end_array();
    }
  }

  decoded_frame& out_;
  frame_elements<Stream> elements_;
  std::string channel_name_;
  std::size_t depth_ = 0;
  std::size_t skipped_ = 0; ///< Open brackets of what is being skipped.
  frame_channel channel_;
  place place_ = place::start;
  key key_ = key::other;
  element_field field_ = element_field::none;
  std::uint8_t post_seen_ = 0; ///< Bits: id, type, payload.
  bool ascii_;
  bool data_came_first_ = false;
  bool lists_seen_ = false;
  bool unused_event_seen_ = false;
  bool snapshot_flag_readable_ = true;
  bool in_payload_ = false;
};

} // namespace hlx::wire
