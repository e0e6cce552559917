// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_exchange.hpp"

#include "hlx/messages/wire/json.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <charconv>

namespace hlx::wire {

namespace {

/// These the venue answers before it looks at the action.
bool is_refusal(int http_status) {
  return http_status == 400 || http_status == 415 || http_status == 422;
}

/// With these the venue, or what is before it, says nothing about the action.
bool is_silent(int http_status) {
  return http_status == 429 || http_status >= 500;
}

exchange_reply unreadable(std::string_view why, std::string_view body) {
  exchange_reply result;
  result.kind = reply_kind::unreadable;
  result.text = why;
  result.text += ": ";
  result.text += excerpt(body);
  return result;
}

element_outcome unreadable_element(const json& element) {
  element_outcome result;
  result.status = element_status::unreadable;
  result.error = excerpt(element.dump());
  return result;
}

element_outcome plain_element(element_status status) {
  element_outcome result;
  result.status = status;
  return result;
}

/// A text as the venue writes it: a sentence.
bool is_readable(const json& text) {
  constexpr std::size_t size_max = 4'096;
  return text.is_string() && text.text().size() <= size_max;
}

element_outcome error_element(std::string text) {
  element_outcome result;
  result.status = element_status::error;
  result.error = std::move(text);
  return result;
}

template <class Decimal>
std::optional<Decimal> read_decimal(const json* value) {
  if (value == nullptr || !value->is_string())
    return std::nullopt;
  Decimal result;
  bool exact = true;
  const auto error = parse_decimal_rounded(
    value->text(), decimal_rounding::nearest, result.raw, exact);
  if (error != decimal_error::none)
    return std::nullopt;
  return result;
}

/// Reads what resting and filled have in common; false when it is broken.
bool read_ids(const json& body, element_outcome& out) {
  const auto* oid = body.find("oid");
  if (oid == nullptr || oid->as_u64().value_or(0) == 0)
    return false;
  out.oid.value = *oid->as_u64();
  const auto* text = body.find("cloid");
  if (text == nullptr || text->is_null())
    return true;
  out.cloid = parse_bytes<cloid>(text->text());
  return out.cloid.has_value();
}

element_outcome decode_object_element(const json& element) {
  if (const auto* text = element.find("error")) {
    return is_readable(*text) ? error_element(text->text())
                              : unreadable_element(element);
  }
  if (const auto* body = element.find("resting")) {
    auto result = plain_element(element_status::resting);
    return read_ids(*body, result) ? result : unreadable_element(element);
  }
  if (const auto* body = element.find("filled")) {
    auto result = plain_element(element_status::filled);
    const auto total = read_decimal<quantity>(body->find("totalSz"));
    if (!total || !read_ids(*body, result))
      return unreadable_element(element);
    result.total_quantity = *total;
    result.average_price = read_decimal<price>(body->find("avgPx"));
    return result;
  }
  return unreadable_element(element);
}

element_outcome decode_element(const json& element) {
  if (element.is_object())
    return decode_object_element(element);
  if (element.is_string()) {
    if (element.text() == "success")
      return plain_element(element_status::success);
    if (element.text() == "waitingForFill")
      return plain_element(element_status::waiting_for_fill);
    if (element.text() == "waitingForTrigger")
      return plain_element(element_status::waiting_for_trigger);
  }
  return unreadable_element(element);
}

exchange_reply statuses(std::vector<element_outcome> elements) {
  exchange_reply result;
  result.kind = reply_kind::statuses;
  result.elements = std::move(elements);
  return result;
}

/// The forms that speak of one thing only: a time-weighted order, its cancel,
/// a trailing stop.
std::optional<exchange_reply> decode_single(const json& data) {
  if (data.find("oid") != nullptr) {
    auto element = plain_element(element_status::resting);
    if (!read_ids(data, element))
      element = unreadable_element(data);
    return statuses({std::move(element)});
  }
  const auto* status = data.find("status");
  if (status == nullptr)
    return std::nullopt;
  const auto* running = status->find("running");
  const auto* twap_id = running != nullptr ? running->find("twapId") : nullptr;
  if (twap_id == nullptr || !twap_id->as_u64())
    return statuses({decode_element(*status)});
  auto element = plain_element(element_status::resting);
  element.oid.value = *twap_id->as_u64();
  return statuses({std::move(element)});
}

std::optional<exchange_reply> decode_response(const json& response) {
  const auto* type = response.find("type");
  if (type == nullptr || !type->is_string())
    return std::nullopt;
  const auto* data = response.find("data");
  if (data == nullptr) {
    if (type->text() != "default")
      return std::nullopt;
    exchange_reply result;
    result.kind = reply_kind::done;
    return result;
  }
  const auto* list = data->find("statuses");
  if (list == nullptr)
    return decode_single(*data);
  if (!list->is_array())
    return std::nullopt;
  std::vector<element_outcome> elements;
  elements.reserve(list->items().size());
  for (const auto& item : list->items())
    elements.push_back(decode_element(item));
  return statuses(std::move(elements));
}

std::optional<exchange_reply> decode_body(const json& body) {
  const auto* status = body.find("status");
  const auto* response = body.find("response");
  if (status == nullptr || response == nullptr)
    return std::nullopt;
  if (status->text() == "ok")
    return decode_response(*response);
  if (status->text() != "err" || !is_readable(*response))
    return std::nullopt;
  exchange_reply result;
  result.kind = reply_kind::refused;
  result.text = response->text();
  return result;
}

} // namespace

exchange_reply decode_exchange(int http_status, std::string_view body) {
  if (is_refusal(http_status)) {
    exchange_reply result;
    result.kind = reply_kind::http_refused;
    result.text =
      body.empty() ? "HTTP " + std::to_string(http_status) : excerpt(body);
    return result;
  }
  if (http_status != 200) {
    auto result = unreadable("HTTP " + std::to_string(http_status), body);
    if (is_silent(http_status))
      result.kind = reply_kind::none;
    return result;
  }
  auto parsed = parse_json(body);
  if (!parsed.value)
    return unreadable("reply is not JSON, " + parsed.error, body);
  if (auto result = decode_body(*parsed.value))
    return std::move(*result);
  return unreadable("reply has no known shape", body);
}

exchange_reply decode_post_error(std::string_view text) {
  int http_status = 0;
  std::from_chars(text.data(), text.data() + text.size(), http_status);
  if (!is_refusal(http_status)) {
    auto result = unreadable("post answered with an error", text);
    if (is_silent(http_status))
      result.kind = reply_kind::none;
    return result;
  }
  exchange_reply result;
  result.kind = reply_kind::http_refused;
  result.text = excerpt(text);
  return result;
}

} // namespace hlx::wire
