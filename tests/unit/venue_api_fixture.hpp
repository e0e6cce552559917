// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/signing/signer.hpp"
#include "hlx/messages/wire/decode_action.hpp"
#include "tests/venue/api/venue_api.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hlx::venue {

/// A trader with a key of its own, the byte repeated.
struct trader {
  explicit trader(char digit)
    : key(std::move(*signing::secret_key::from_hex(std::string(64, digit)))) {}

  std::string user() const { return to_string(key.signer_address()); }

  signing::signer key;
};

/// What goes with an action.
struct envelope_options {
  std::optional<std::uint64_t> nonce;
  std::optional<address> vault;
  std::optional<std::uint64_t> expires_after_ms;
  std::string signed_action; ///< Another one than is sent; empty: the same.
};

/// The venue's surface driven by raw JSON on a clock of its own.
struct api_fixture {
  explicit api_fixture(api_options options = {}, venue_config config = {})
    : api(std::move(config), options) {
    for (const auto* who : {&alice, &bob})
      api.books().fund(who->key.signer_address(), *parse<amount>("100000"),
                       now_ms);
    run(1);
  }

  trader alice{'1'};
  trader bob{'2'};
  venue_api api;
  std::int64_t now_ms = 1'700'000'000'000;
  std::uint64_t last_nonce = 1'700'000'000'000;
  std::uint64_t last_http = 0;
  std::map<std::uint64_t, api_output> replies; ///< By HTTP request.
  std::map<session_id, std::vector<std::string>> frames;
  std::vector<api_output> others; ///< Drops and closes.

  /// Lets that much time pass.
  void run(std::int64_t ms) {
    const auto end_ms = now_ms + ms;
    for (;;) {
      collect();
      const auto due_ms = api.next_due_ms();
      if (!due_ms || *due_ms > end_ms)
        break;
      now_ms = std::max(now_ms, *due_ms);
      api.advance(now_ms);
    }
    now_ms = end_ms;
    api.advance(now_ms);
    collect();
  }

  void collect() {
    for (auto& x : api.take(now_ms)) {
      if (x.kind == output_kind::http_reply)
        replies[x.target] = std::move(x);
      else if (x.kind == output_kind::frame)
        frames[x.target].push_back(std::move(x.text));
      else
        others.push_back(std::move(x));
    }
  }

  /// Posts a body; the number of the request.
  std::uint64_t post(std::string_view path, std::string_view body,
                     std::string_view content_type = "application/json") {
    api.http({++last_http, "POST", path, content_type, body}, now_ms);
    collect();
    return last_http;
  }

  std::string envelope(const trader& who, const std::string& action,
                       const envelope_options& options = {}) {
    const wire::action_terms terms{
      .nonce = options.nonce ? *options.nonce : ++last_nonce,
      .vault = options.vault,
      .expires_after_ms = options.expires_after_ms};
    const auto decoded = wire::decode_action(
      options.signed_action.empty() ? action : options.signed_action);
    BOOST_REQUIRE_MESSAGE(decoded.ok(), action);
    wire::byte_buffer scratch;
    const auto signature =
      signing::sign_action(who.key, signing::network::testnet, scratch,
                           std::get<l1_action>(*decoded), terms);
    std::string result = R"({"action":)" + action + R"(,"nonce":)"
                         + std::to_string(terms.nonce)
                         + R"(,"signature":{"r":")" + to_string(signature.r)
                         + R"(","s":")" + to_string(signature.s) + R"(","v":)"
                         + std::to_string(signature.v) + "}";
    if (terms.vault)
      result += R"(,"vaultAddress":")" + to_string(*terms.vault) + '"';
    if (terms.expires_after_ms)
      result += R"(,"expiresAfter":)" + std::to_string(*terms.expires_after_ms);
    return result + "}";
  }

  /// Sends an action and waits for its block.
  std::string act(const trader& who, const std::string& action,
                  const envelope_options& options = {}) {
    const auto id = post("/exchange", envelope(who, action, options));
    run(200);
    BOOST_REQUIRE(replies.count(id) == 1);
    BOOST_TEST(replies[id].status == 200);
    return replies[id].text;
  }

  std::string info(std::string_view query) {
    const auto id = post("/info", query);
    run(0);
    BOOST_REQUIRE(replies.count(id) == 1);
    BOOST_TEST(replies[id].status == 200);
    return replies[id].text;
  }

  /// Opens a WebSocket with the subscriptions, and forgets their first frames.
  session_id listen(const std::vector<std::string>& subscriptions) {
    const auto id = static_cast<session_id>(frames.size() + 1);
    frames[id];
    api.ws_open(id, now_ms);
    for (const auto& x : subscriptions)
      api.ws_text(id, R"({"method":"subscribe","subscription":)" + x + "}",
                  now_ms);
    run(0);
    frames[id].clear();
    return id;
  }

  /// What the WebSocket says to one message.
  std::vector<std::string> say(session_id id, std::string_view text) {
    frames[id].clear();
    api.ws_text(id, text, now_ms);
    run(0);
    return std::exchange(frames[id], {});
  }

  /// All user streams of a trader.
  session_id listen_to(const trader& who) {
    const auto user = R"("user":")" + who.user() + R"("})";
    return listen(
      {R"({"type":"orderUpdates",)" + user, R"({"type":"userFills",)" + user});
  }

  std::vector<std::string> heard(session_id id) {
    run(0);
    return std::exchange(frames[id], {});
  }
};

/// {"type":"order",..} of one order.
inline std::string order_json(std::string_view fields) {
  return R"({"type":"order","orders":[{)" + std::string{fields}
         + R"(}],"grouping":"na"})";
}

/// The fields of a limit order, without a cloid.
inline std::string limit_fields(int asset, bool buy, std::string_view px,
                                std::string_view sz, std::string_view tif,
                                bool reduce_only = false) {
  std::string result = R"("a":)" + std::to_string(asset) + R"(,"b":)";
  result.append(buy ? "true" : "false");
  result.append(R"(,"p":")").append(px);
  result.append(R"(","s":")").append(sz);
  result.append(R"(","r":)").append(reduce_only ? "true" : "false");
  result.append(R"(,"t":{"limit":{"tif":")").append(tif).append(R"("}})");
  return result;
}

inline std::string resting(std::uint64_t oid, std::string_view cloid = {}) {
  std::string result = R"({"resting":{"oid":)" + std::to_string(oid);
  if (!cloid.empty())
    result.append(R"(,"cloid":")").append(cloid).append("\"");
  return result + "}}";
}

/// {"status":"ok",..,"statuses":[..]}
inline std::string statuses(std::string_view elements,
                            std::string_view type = "order") {
  return R"({"status":"ok","response":{"type":")" + std::string{type}
         + R"(","data":{"statuses":[)" + std::string{elements} + "]}}}";
}

inline std::string refused(std::string_view text) {
  return R"({"status":"err","response":")" + std::string{text} + "\"}";
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

} // namespace hlx::venue
