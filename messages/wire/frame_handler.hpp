// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/decode_frame.hpp"
#include "hlx/messages/wire/frame_channels.hpp"
#include "hlx/messages/wire/json_text.hpp"
#include "hlx/messages/wire/report_builder.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace hlx::wire {

/// What a JSON reader calls, value by value, to decode the hot frames. Knows
/// where in the frame it is; skips what it has no use for, and elements that
/// are broken, up to their end. `Stream` tells the position in the frame:
/// after the bracket when an object or array begins or ends, before the value
/// otherwise. Internal to wire/.
template <class Stream>
class frame_handler {
public:
  /// `channel` is what is known of it beforehand. `ascii` says that the frame
  /// has neither escapes nor anything beyond ASCII.
  frame_handler(Stream& stream, std::string_view frame, decoded_frame& out,
                frame_channel channel, bool ascii)
    : stream_(stream),
      frame_(frame),
      out_(out),
      channel_(channel),
      ascii_(ascii) {}

  frame_channel channel() const { return channel_; }

  /// Of an unknown channel.
  const std::string& channel_name() const { return channel_name_; }
  bool has_data() const { return has_data_; }
  bool too_deep() const { return depth_ > frame_depth_max; }

  /// Whether the data came before the channel's name, and was skipped.
  bool data_came_first() const { return data_came_first_; }

  /// Whether the root is an object.
  bool is_object() const { return root_seen_; }

  bool Null() {
    scalar([](auto& builder, element_field field) { builder.null(field); });
    return true;
  }

  bool Bool(bool x) {
    if (skipped_ == 0 && place_ == place::fills_data
        && key_ == key::is_snapshot) {
      out_.update.snapshot = x;
      return true;
    }
    scalar(
      [x](auto& builder, element_field field) { builder.boolean(field, x); });
    return true;
  }

  bool Uint(unsigned x) { return Uint64(x); }

  bool Uint64(std::uint64_t x) {
    if (skipped_ == 0 && place_ == place::post_data && key_ == key::id) {
      out_.post.id = x;
      post_seen_ |= 1u;
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
      default:
        outer_key(name);
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
        root_seen_ = true;
        place_ = place::root;
        break;
      case place::root:
        enter_data(false);
        break;
      case place::order_list:
        begin_element();
        order_.begin(out_.update.orders.emplace_back());
        place_ = place::order_element;
        break;
      case place::order_element:
        if (field_ == element_field::order)
          place_ = place::order;
        else
          skip_member(order_);
        break;
      case place::order:
        skip_member(order_);
        break;
      case place::fill_list:
        begin_element();
        fill_.begin(out_.update.fills.emplace_back());
        place_ = place::fill;
        break;
      case place::fill:
        skip_member(fill_);
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
        end_order();
        break;
      case place::fill:
        end_fill();
        break;
      case place::post_response:
        place_ = place::post_data;
        key_ = key::other;
        break;
      case place::fills_data:
      case place::post_data:
        place_ = place::root;
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
          element_.index = 0;
        } else {
          skip_outer();
        }
        break;
      case place::order_element:
      case place::order:
        skip_member(order_);
        break;
      case place::fill:
        skip_member(fill_);
        break;
      case place::order_list:
      case place::fill_list:
        begin_element();
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

  /// Whether the post's id and payload were there.
  bool is_post_complete() const { return post_seen_ == 7u; }

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

  /// Gives a scalar to the builder of the element that it belongs to.
  template <class Give>
  void scalar(Give give) {
    if (skipped_ != 0)
      return;
    switch (place_) {
      case place::order:
      case place::order_element:
        return give(order_, field_);
      case place::fill:
        return give(fill_, field_);
      case place::order_list:
      case place::fill_list:
        append_not_an_object(out_.update.warnings, element_, scalar_text());
        ++element_.index;
        return;
      case place::root:
        if (key_ == key::data)
          has_data_ = true;
        return;
      case place::fills_data:
        return check_snapshot_flag();
      default:
        return;
    }
  }

  bool wrong_scalar() {
    scalar(
      [](auto& builder, element_field field) { builder.wrong_type(field); });
    return true;
  }

  void outer_key(std::string_view name) {
    key_ = key::other;
    switch (place_) {
      case place::root:
        if (name == "channel")
          key_ = key::channel;
        else if (name == "data")
          key_ = key::data;
        break;
      case place::fills_data:
        if (name == "fills")
          key_ = key::fills;
        else if (name == "isSnapshot")
          key_ = key::is_snapshot;
        else if (is_unused_user_event(name))
          unused_event_seen_ = true;
        break;
      case place::post_data:
        if (name == "id")
          key_ = key::id;
        else if (name == "response")
          key_ = key::response;
        break;
      case place::post_response:
        if (name == "type")
          key_ = key::type;
        else if (name == "payload")
          key_ = key::payload;
        break;
      default:
        break;
    }
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
          has_data_ = true;
          out_.text = text;
        }
        break;
      case place::post_response:
        if (key_ == key::type) {
          set_payload_type(text);
        } else if (key_ == key::payload) {
          out_.post.text = text;
          post_seen_ |= 4u;
        }
        break;
      default:
        scalar([](auto& builder, element_field field) {
          builder.wrong_type(field);
        });
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
    post_seen_ |= 2u;
  }

  /// A member of the root begins that is an array or an object.
  void enter_data(bool array) {
    if (key_ == key::data) {
      has_data_ = true;
      data_came_first_ = channel_ == frame_channel::none;
      if (channel_ == frame_channel::order_updates && array) {
        lists_seen_ = true;
        place_ = place::order_list;
        element_ = {"orderUpdates"};
        return;
      }
      if (!array && channel_ == frame_channel::user_fills) {
        place_ = place::fills_data;
        element_ = {"userFills"};
        return;
      }
      if (!array && channel_ == frame_channel::user) {
        place_ = place::fills_data;
        element_ = {"user"};
        return;
      }
      if (!array && channel_ == frame_channel::post) {
        place_ = place::post_data;
        return;
      }
    }
    skipped_ = 1;
  }

  void begin_element() { element_begin_ = stream_.Tell() - 1; }

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
      element_begin_ = stream_.Tell() - 1;
    }
  }

  void end_skipped() {
    if (--skipped_ != 0)
      return;
    if (in_payload_) {
      in_payload_ = false;
      out_.post.text = element_text();
      post_seen_ |= 4u;
    } else if (place_ == place::order_list || place_ == place::fill_list) {
      append_not_an_object(out_.update.warnings, element_, element_text());
      ++element_.index;
    }
  }

  void end_order() {
    place_ = place::order_list;
    auto& orders = out_.update.orders;
    if (!order_.finish(order_builder::form::wrapped)) {
      append_problem(out_.update.warnings, element_, order_, element_text());
      orders.pop_back();
    } else if (is_odd(order_, orders.back())) {
      append_oddities(out_.update.warnings, element_, order_, orders.back(),
                      element_text());
    }
    ++element_.index;
  }

  void end_fill() {
    place_ = place::fill_list;
    auto& fills = out_.update.fills;
    if (!fill_.finish()) {
      append_problem(out_.update.warnings, element_, fill_, element_text());
      fills.pop_back();
    } else if (is_odd(fill_, fills.back())) {
      append_oddities(out_.update.warnings, element_, fill_, fills.back(),
                      element_text());
    }
    ++element_.index;
  }

  /// The object or array that ends here, as it came.
  std::string_view element_text() const {
    return frame_.substr(element_begin_, stream_.Tell() - element_begin_);
  }

  /// The scalar that stands here, as it came.
  std::string_view scalar_text() const {
    auto rest = frame_.substr(stream_.Tell());
    if (rest.starts_with('"')) {
      std::size_t end = 1;
      while (end < rest.size() && rest[end] != '"')
        end += rest[end] == '\\' ? 2u : 1u;
      return rest.substr(0, end + 1);
    }
    return rest.substr(0, rest.find_first_of(",] \t\r\n"));
  }

  Stream& stream_;
  std::string_view frame_;
  decoded_frame& out_;
  order_builder order_;
  fill_builder fill_;
  std::string channel_name_;
  element_place element_;
  std::size_t element_begin_ = 0;
  std::size_t depth_ = 0;
  std::size_t skipped_ = 0; ///< Open brackets of what is being skipped.
  frame_channel channel_;
  place place_ = place::start;
  key key_ = key::other;
  element_field field_ = element_field::none;
  std::uint8_t post_seen_ = 0; ///< Bits: id, type, payload.
  bool ascii_;
  bool root_seen_ = false;
  bool has_data_ = false;
  bool data_came_first_ = false;
  bool lists_seen_ = false;
  bool unused_event_seen_ = false;
  bool snapshot_flag_readable_ = true;
  bool in_payload_ = false;
};

} // namespace hlx::wire
