// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/sign.hpp"

#include <boost/test/unit_test.hpp>

using namespace hlx;

namespace {

constexpr char key[] =
  R"("privateKey":)"
  R"("0x0123456789012345678901234567890123456789012345678901234567890123")";

/// A line with this beside the key.
std::string line(std::string_view members) {
  return std::string{"{"}.append(members).append(",").append(key).append("}");
}

} // namespace

BOOST_AUTO_TEST_SUITE(sign_suite)

BOOST_AUTO_TEST_CASE(an_l1_action_is_signed_with_its_hash) {
  const auto output = daemon::sign_line(
    line(R"("action":{"type":"order","orders":[{"a":0,"b":true,"p":"50000.0",)"
         R"("s":"0.0010","r":false,"t":{"limit":{"tif":"Gtc"}}}],)"
         R"("grouping":"na"},"nonce":1700000000000,"vault":null,)"
         R"("expiresAfter":null,"isTestnet":false,"id":"any","r":5)"));
  BOOST_TEST(output.ok);
  BOOST_TEST(
    output.text
    == R"({"hash":"0x323b547050d98eb76afbf8d096d1c5340512df18a3e4179990a666cc)"
       R"(32fba0ce","r":"0x624d2f9a91c88a28ee5c3e1448f3cb387be99dd18ba4bdd7b3)"
       R"(ea229c10c57399","s":"0x4c0f16c217ad058ace0e6aaae3291ad850308041a26d)"
       R"(c9df4e002aa8874b0cd0","v":27,"address":)"
       R"("0x14791697260e4c9a71f18484c9f997b308e59325"})");
}

BOOST_AUTO_TEST_CASE(a_user_signed_action_needs_no_terms_beside_it) {
  const std::string action =
    R"("action":{"type":"usdSend","hyperliquidChain":"Mainnet",)"
    R"("signatureChainId":"0x66eee","destination":"0x0","amount":"1",)"
    R"("time":5},"isTestnet":false)";
  const auto output = daemon::sign_line(line(action));
  BOOST_TEST(output.text.starts_with(R"({"digest":"0x)"));
  BOOST_TEST(daemon::sign_line(line(action + ",\"nonce\":5")).ok);
  BOOST_TEST(daemon::sign_line(line(action + ",\"nonce\":6")).text
             == R"({"error":"line: the nonce is not the action's own"})");
  BOOST_TEST(daemon::sign_line(line(action + ",\"expiresAfter\":6")).text
             == R"({"error":"line: a user-signed action takes no expiry"})");
}

BOOST_AUTO_TEST_CASE(a_bad_line_says_what_is_wrong) {
  const auto error = [](std::string_view members) {
    const auto output = daemon::sign_line(line(members));
    BOOST_TEST(!output.ok);
    return output.text;
  };
  BOOST_TEST(error(R"("action":{"type":"noop","x":1},"nonce":1,)"
                   R"("isTestnet":true)")
             == R"({"error":"action: key \"x\" is unknown"})");
  BOOST_TEST(error(R"("action":{"type":"noop"},"isTestnet":true)")
             == R"({"error":"line: key \"nonce\" is missing"})");
  BOOST_TEST(error(R"("action":{"type":"noop"},"nonce":1)")
             == R"({"error":"line: key \"isTestnet\" is missing"})");
  BOOST_TEST(
    daemon::sign_line("nonsense").text.starts_with("{\"error\":\"not JSON: "));
  BOOST_TEST(daemon::sign_line("").text.starts_with("{\"error\":\"not JSON: "));
}

BOOST_AUTO_TEST_CASE(a_line_has_its_bounds) {
  const auto error = [](const std::string& members) {
    return daemon::sign_line(line(members + R"(,"nonce":1,"isTestnet":true)"))
      .text;
  };
  const auto grouping = [&](const std::string& p) {
    return error(R"("action":{"type":"order","orders":[],"grouping":{"p":)" + p
                 + "}}");
  };
  BOOST_TEST(grouping("100000000").starts_with(R"({"hash")"));
  BOOST_TEST(grouping("100000001")
             == R"({"error":"action.grouping: p: 100000001 is above )"
                R"(100000000"})");
  const auto abstraction = [&](const std::string& x) {
    return error(R"("action":{"type":"agentSetAbstraction","abstraction":")" + x
                 + R"("})");
  };
  for (const auto* word : {"i", "u", "p"})
    BOOST_TEST(abstraction(word).starts_with(R"({"hash")"));
  BOOST_TEST(abstraction("x")
             == R"({"error":"action: abstraction \"x\" is not one of i, u, )"
                R"(p"})");
  BOOST_TEST(error(R"("action":{"type":"noop"},"note":")"
                   + std::string(1'000'000, 'x') + '"')
             == R"({"error":"the line is longer than 1000000 bytes"})");
}

BOOST_AUTO_TEST_CASE(a_key_in_the_wrong_place_is_never_repeated) {
  const std::string digits(64, '7');
  const auto output =
    daemon::sign_line(line(R"("action":{"type":"noop","0x)" + digits
                           + R"(":1},"nonce":1,)"
                             R"("isTestnet":true)"));
  BOOST_TEST(!output.ok);
  BOOST_TEST(output.text.find(digits) == std::string::npos, output.text);
}

BOOST_AUTO_TEST_CASE(a_bad_key_is_never_repeated) {
  const auto output =
    daemon::sign_line(R"({"action":{"type":"noop"},"nonce":1,"isTestnet":true,)"
                      R"("privateKey":"0xsecret"})");
  BOOST_TEST(output.text
             == R"({"error":"privateKey: a private key is 0x and 64 hex )"
                R"(digits"})");
}

BOOST_AUTO_TEST_SUITE_END()
