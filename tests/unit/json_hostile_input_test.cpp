// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/messages/wire/decode_exchange.hpp"
#include "hlx/messages/wire/decode_frame.hpp"
#include "hlx/messages/wire/decode_info.hpp"
#include "hlx/messages/wire/decode_instruments.hpp"
#include "hlx/messages/wire/json_text.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace hlx;
using namespace hlx::wire;

namespace {

constexpr std::size_t megabyte = 1u << 20;

const std::vector<info_query_body> all_queries = {
  open_orders_query{}, fills_query{},     order_status_query{venue_order_id{1}},
  book_query{"BTC"},   mids_query{},      exchange_status_query{},
  user_role_query{},   positions_query{}, rate_limit_query{}};

std::string as_json(std::string_view text) {
  std::string result;
  append_json_string(result, text);
  return result;
}

/// A frame of one fill with one more member.
std::string fill_with(std::string_view member) {
  auto text = golden_frame("user_fills_live");
  return text.insert(text.find("\"coin\""), member);
}

struct fixture {
  frame_decoder decoder;

  /// Whatever the bytes are: a value, or a warning that is short and valid.
  const decoded_frame& check_frame(const std::string& text) {
    const auto& frame = decoder.decode(text);
    const auto& warnings = frame.update.warnings;
    BOOST_REQUIRE((frame.kind != frame_kind::unknown || warnings.size() == 1u));
    for (const auto& warning : warnings) {
      BOOST_REQUIRE(!warning.empty());
      BOOST_REQUIRE(warning.size() < 4 * excerpt_max);
      BOOST_REQUIRE(is_utf8(warning));
    }
    return frame;
  }

  /// The same for everything that answers a request.
  void check_answers(const std::string& text) {
    const auto reply = decode_exchange(200, text);
    BOOST_REQUIRE((reply.kind != reply_kind::none || !reply.text.empty()));
    BOOST_REQUIRE(is_utf8(reply.text));
    for (const auto& query : all_queries) {
      const auto answer = decode_info(query, 200, text);
      if (const auto* failed = std::get_if<failed_answer>(&answer))
        BOOST_REQUIRE((!failed->reason.empty() && is_utf8(failed->reason)));
    }
    decode_meta(200, text);
    decode_spot_meta(200, text);
    decode_perp_dexs(200, text);
  }

  void check_all(const std::string& text) {
    check_frame(text);
    check_answers(text);
  }

  void check_given_up(const std::string& text, const std::string& why) {
    const auto& frame = check_frame(text);
    BOOST_TEST((frame.kind == frame_kind::unknown));
    BOOST_REQUIRE(frame.update.warnings.size() == 1u);
    BOOST_TEST(frame.update.warnings[0].starts_with(why),
               frame.update.warnings[0].substr(0, 80));
    check_answers(text);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(json_hostile_input_suite, fixture)

BOOST_AUTO_TEST_CASE(deep_nesting_is_one_warning) {
  check_given_up(std::string(megabyte, '['), "frame nests too deeply: [[[");
  check_given_up(std::string(megabyte, '{'), "frame is not JSON: {{{");
  std::string objects;
  while (objects.size() < megabyte)
    objects += "{\"data\":";
  check_given_up(objects, "frame nests too deeply: {\"data\":");
  auto member = std::string{"\"x\":"};
  member.append(megabyte, '[');
  check_given_up(fill_with(member), "frame nests too deeply: {\"channel\"");
}

BOOST_AUTO_TEST_CASE(a_megabyte_in_a_member_is_an_error_of_its_element) {
  const std::string letters(megabyte, 'x');
  const std::string digits(megabyte, '1');
  std::string zeros(megabyte, '0');
  zeros[1] = '.';
  for (const std::string member :
       {"coin", "side", "limitPx", "sz", "oid", "timestamp", "origSz", "cloid",
        "status", "statusTimestamp"}) {
    const auto frame = golden_frame("order_updates_immediate_fill");
    const auto begin = frame.find(':', frame.find(as_json(member))) + 1;
    const auto end = frame.find_first_of(",}", begin);
    for (const auto& value :
         {as_json(letters), digits, as_json(digits), as_json(zeros)}) {
      auto text = frame;
      text.replace(begin, end - begin, value);
      const auto& result = check_frame(text);
      BOOST_TEST(result.update.orders.size() == 1u, member);
      BOOST_TEST(result.update.warnings.size() == 1u, member);
      check_answers(text);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_megabyte_where_nothing_is_expected_is_ignored) {
  auto member = std::string{"\"moon\":"};
  append_json_string(member, std::string(megabyte, 'x'));
  member += ',';
  const auto frame = fill_with(member);
  const auto& result = check_frame(frame);
  BOOST_TEST(result.update.fills.size() == 1u);
  BOOST_TEST(result.update.warnings.empty());
}

BOOST_AUTO_TEST_CASE(a_frame_without_measure_is_one_warning) {
  check_given_up(std::string(frame_size_max + 1, ' '), "frame is too long: ");
}

BOOST_AUTO_TEST_CASE(what_is_no_utf8_is_one_warning) {
  for (const std::string bytes :
       {"\xFF", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\x80", "\xF8\x88\x80\x80\x80"})
    check_given_up(with(golden_frame("order_updates_modify"), "BTC", bytes),
                   "frame is not UTF-8: ");
  const auto& frame = check_frame(
    with(golden_frame("order_updates_modify"), "BTC", "B\xE2\x82\xBF"));
  BOOST_TEST(frame.update.orders.size() == 2u);
  BOOST_TEST(frame.update.orders[0].instrument == "B\xE2\x82\xBF");
  BOOST_TEST(frame.update.warnings.empty());
}

BOOST_AUTO_TEST_CASE(numbers_beyond_64_bits_are_an_error_each) {
  for (const std::string number :
       {"18446744073709551616", "18446744073709551617", "-9223372036854775809",
        "1e19", "1e400", "-1e400", "1.0"}) {
    const auto& frame =
      check_frame(with(golden_frame("order_updates_modify"), "1010", number));
    BOOST_TEST(frame.update.orders.size() == 1u, number);
    BOOST_TEST(frame.update.warnings.size() == 1u, number);
  }
  std::string many = R"({"channel":"orderUpdates","data":[)";
  for (int i = 0; i < 17; ++i)
    many += "1e400,";
  check_given_up(many + "1]}", "frame is not JSON: ");
}

BOOST_AUTO_TEST_CASE(every_truncation_of_every_text_is_survived) {
  for (const auto& text : all_golden_frames()) {
    for (std::size_t size = 0; size < text.size(); ++size) {
      const auto& frame = check_frame(text.substr(0, size));
      BOOST_REQUIRE((frame.kind == frame_kind::unknown));
    }
  }
  const auto answer = golden_frame("order_status");
  for (std::size_t size = 0; size <= answer.size(); ++size)
    check_answers(answer.substr(0, size));
}

BOOST_AUTO_TEST_CASE(random_bytes_in_any_text_are_survived) {
  const auto seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  BOOST_TEST_CONTEXT("seed " << seed) {
    std::mt19937 random{seed};
    const auto texts = all_golden_frames();
    const std::string tokens = "{}[]\",:\\u0e+-.9tfn \n\x80\xFF";
    for (int round = 0; round < 20'000; ++round) {
      auto text = texts[random() % texts.size()];
      for (auto changes = 1 + random() % 4; changes > 0; --changes) {
        const auto at = random() % text.size();
        switch (random() % 4) {
          case 0:
            text[at] = static_cast<char>(random());
            break;
          case 1:
            text[at] = tokens[random() % tokens.size()];
            break;
          case 2:
            text.erase(at, 1 + random() % 8);
            break;
          default:
            text.insert(at, text.substr(random() % text.size(), random() % 40));
        }
        if (text.empty())
          text.push_back(' ');
      }
      if (round % 8 == 0)
        check_all(text);
      else
        check_frame(text);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
