// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/signing/eip712.hpp"
#include "hlx/messages/signing/recover.hpp"
#include "hlx/messages/signing/signer.hpp"
#include "hlx/messages/wire/decode_request.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;
using reason = wire::decode_error::reason;

namespace {

constexpr char noop_request[] =
  R"({"action":{"type":"noop"},"nonce":7,"signature":{"r":"0x1",)"
  R"("s":"0x00ab","v":28}})";

/// The request with one more member.
std::string with(std::string_view member) {
  std::string result{noop_request};
  result.pop_back();
  return result.append(",").append(member).append("}");
}

std::string error_of(std::string_view text) {
  const auto decoded = wire::decode_exchange_request(text);
  return decoded.ok() ? "" : decoded.error().text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(decode_request_suite)

BOOST_AUTO_TEST_CASE(what_is_sent_is_what_the_venue_reads) {
  const signing::signer key{std::move(*signing::secret_key::from_hex(
    "0x0123456789012345678901234567890123456789012345678901234567890123"))};
  const l1_action action{cancel_action{.cancels = {{.asset = 3, .oid = {9}}}}};
  const wire::action_terms terms{
    .nonce = 1700000000000,
    .vault = parse_bytes<address>("0x1719884eb866cb12b2287399b15f7db5e7d775ea"),
    .expires_after_ms = 1700000005000};
  wire::byte_buffer scratch;
  const auto made = signing::sign_action(key, signing::network::testnet,
                                         scratch, action, terms);
  std::string body;
  wire::append_exchange_request(body, action, terms, made);
  BOOST_TEST(body.starts_with(R"({"action":{"type":"cancel","cancels":[{"a":3,)"
                              R"("o":9}]},"nonce":1700000000000,)"
                              R"("signature":{"r":"0x)"));
  BOOST_TEST(body.ends_with(R"(,"vaultAddress":)"
                            R"("0x1719884eb866cb12b2287399b15f7db5e7d775ea",)"
                            R"("expiresAfter":1700000005000})"));
  const auto read = wire::decode_exchange_request(body);
  BOOST_REQUIRE(read.ok());
  BOOST_TEST((std::get<l1_action>(read->action) == action));
  BOOST_TEST((read->terms == terms));
  const auto hash = signing::action_hash(
    scratch, std::get<l1_action>(read->action), read->terms);
  BOOST_TEST(
    (signing::recover(signing::agent_digest(signing::network::testnet, hash),
                      read->signature)
     == key.signer_address()));
}

BOOST_AUTO_TEST_CASE(a_post_wraps_the_same_body) {
  std::string out;
  wire::append_post_request(out, 256, noop_request);
  BOOST_TEST(out
             == std::string{R"({"method":"post","id":256,"request":{"type":)"
                            R"("action","payload":)"}
                  + noop_request + "}}");
}

BOOST_AUTO_TEST_CASE(a_user_signed_request_carries_its_own_nonce) {
  std::string out;
  wire::append_exchange_request(
    out,
    user_signed_action{withdraw_action{.domain = {"Testnet", "0x1"},
                                       .destination = "0x0",
                                       .sum = "1",
                                       .time = 42}},
    {.v = 27});
  BOOST_TEST(
    out.starts_with(R"({"action":{"type":"withdraw3","hyperliquidChain":)"
                    R"("Testnet","signatureChainId":"0x1","destination":"0x0",)"
                    R"("amount":"1","time":42},"nonce":42,"signature":)"));
}

BOOST_AUTO_TEST_CASE(r_and_s_may_lack_leading_zeros) {
  const auto read = wire::decode_exchange_request(noop_request);
  BOOST_REQUIRE(read.ok());
  BOOST_TEST(read->signature.r.bytes[31] == 1);
  BOOST_TEST(read->signature.s.bytes[31] == 0xab);
  BOOST_TEST(read->signature.v == 28);
  BOOST_TEST(!read->terms.vault.has_value());
}

BOOST_AUTO_TEST_CASE(null_is_absent_and_other_keys_are_refused) {
  BOOST_TEST(error_of(with(R"("vaultAddress":null,"expiresAfter":null)"))
             == "");
  BOOST_TEST(error_of(with(R"("vault":null)"))
             == R"(request: key "vault" is unknown)");
  BOOST_TEST(error_of(with(R"("nonce":8)"))
             == R"(request: key "nonce" comes twice)");
  BOOST_TEST(error_of(with(R"("vaultAddress":5)"))
             == "request.vaultAddress: expected a hex string, got a number");
  BOOST_TEST(error_of(R"({"action":{"type":"noop"},"nonce":7})")
             == R"(request: key "signature" is missing)");
  BOOST_TEST(error_of(R"({"action":{"type":"noop"},"nonce":7,"signature":)"
                      R"({"r":"0x","s":"0x1","v":27}})")
             == "request.signature.r: \"0x\" is not 0x and 1 to 64 hex digits");
}

BOOST_AUTO_TEST_CASE(bytes_after_the_first_value_do_not_count) {
  BOOST_TEST(error_of(std::string{noop_request} + "}garbage") == "");
  const auto broken = wire::decode_exchange_request("{\"action\":");
  BOOST_REQUIRE(!broken.ok());
  BOOST_TEST((broken.error().why == reason::syntax));
  const auto array = wire::decode_exchange_request("[]");
  BOOST_REQUIRE(!array.ok());
  BOOST_TEST((array.error().why == reason::shape));
}

BOOST_AUTO_TEST_SUITE_END()
