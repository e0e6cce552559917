// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/transport/request_head.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace hlx::transport {

namespace {

/// The loop reads more than these, so that a longer head can be answered.
constexpr int uri_bytes_max = 8 * 1024;
constexpr int head_bytes_max = 16 * 1024;

} // namespace

std::string header_of(lws* wsi, lws_token_indexes token) {
  const auto size = lws_hdr_total_length(wsi, token);
  if (size <= 0)
    return {};
  std::string result(static_cast<std::size_t>(size) + 1, '\0');
  const auto copied =
    lws_hdr_copy(wsi, result.data(), static_cast<int>(result.size()), token);
  result.resize(static_cast<std::size_t>(std::max(copied, 0)));
  return result;
}

std::string_view method_of(lws* wsi) {
  static constexpr std::pair<lws_token_indexes, std::string_view> methods[] = {
    {WSI_TOKEN_POST_URI, "POST"},       {WSI_TOKEN_GET_URI, "GET"},
    {WSI_TOKEN_OPTIONS_URI, "OPTIONS"}, {WSI_TOKEN_PUT_URI, "PUT"},
    {WSI_TOKEN_PATCH_URI, "PATCH"},     {WSI_TOKEN_DELETE_URI, "DELETE"},
    {WSI_TOKEN_HEAD_URI, "HEAD"},
  };
  for (const auto& [token, name] : methods)
    if (lws_hdr_total_length(wsi, token) > 0)
      return name;
  return "";
}

head_refusal check_head(lws* wsi, std::string_view path) {
  const auto length = [wsi](int token) {
    return lws_hdr_total_length(wsi, static_cast<lws_token_indexes>(token));
  };
  if (static_cast<int>(path.size()) + length(WSI_TOKEN_HTTP_URI_ARGS)
      > uri_bytes_max)
    return {414, "the URI is longer than the server reads"};
  int sum = 0;
  for (int token = 0; token < WSI_TOKEN_COUNT; ++token)
    sum += length(token);
  if (sum > head_bytes_max)
    return {431, "the headers are longer than the server reads"};
  return {};
}

head_refusal check_length(lws* wsi, std::size_t bytes_max) {
  if (lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0)
    return {501, "Transfer-Encoding is not supported; send Content-Length"};
  const auto text = header_of(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH);
  if (text.empty())
    return {411, "Content-Length is missing"};
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::all_of(text.begin(), text.end(), is_digit))
    return {400, "Content-Length is not a number"};
  std::uint64_t length = 0;
  const auto read =
    std::from_chars(text.data(), text.data() + text.size(), length);
  if (read.ec != std::errc{} || length > bytes_max)
    return {413, "the body is larger than the server reads"};
  return {};
}

bool has_body(const http_request& x) {
  return x.method == "POST" || x.method == "PUT" || x.method == "PATCH";
}

} // namespace hlx::transport
