// SPDX-License-Identifier: BSD-3-Clause
#include "tests/simulate/atomic_file.hpp"
#include "tests/simulate/demo_trader.hpp"
#include "tests/simulate/strategy_memory.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace hlx;
using namespace hlx::simulate;

namespace {

/// A folder that ends with its scope.
struct folder_fixture {
  folder_fixture() {
    auto name =
      (std::filesystem::temp_directory_path() / "hlx-test-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder = name;
    file = memory_file(folder, {"maker"});
  }
  ~folder_fixture() { std::filesystem::remove_all(folder); }

  void write(std::string_view text) const {
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << text;
  }

  void check_refused(const std::string& expected) const {
    BOOST_CHECK_EXCEPTION(load_memory(file, {"maker"}), std::runtime_error,
                          [&](const std::runtime_error& e) {
                            const std::string what{e.what()};
                            BOOST_TEST_MESSAGE(what);
                            return what.find(file.string()) != std::string::npos
                                   && what.find(expected) != std::string::npos;
                          });
  }

  std::filesystem::path folder;
  std::filesystem::path file;
};

strategy_memory lived() {
  strategy_memory result{.strategy = {"maker"}, .life = 3, .ledger = {}};
  auto& ledger = result.ledger;
  ledger.orders[{"M-1-1"}] = {.at = order_stage::accepted,
                              .side = order_side::sell,
                              .quantity = {200'000},
                              .filled = {100'000},
                              .price = price{6'000'000'000'000},
                              .opened_as = 1};
  ledger.orders[{"M-1-2"}] = {.at = order_stage::ended,
                              .side = order_side::buy,
                              .quantity = {100'000},
                              .filled = {100'000},
                              .price = std::nullopt,
                              .opened_as = 4};
  ledger.orders[{"M-\"3\""}] = {.at = order_stage::submitted,
                                .side = order_side::buy,
                                .quantity = {100'000},
                                .filled = {},
                                .price = std::nullopt,
                                .opened_as = 9};
  ledger.trades = {{{11}, {21}}, {{11}, {22}}};
  ledger.violations = {"order_filled 5 of M-1-2: expected order_accepted"};
  ledger.last_sequence = 9;
  ledger.accepted = 2;
  ledger.filled = {200'000};
  ledger.position = {-5'000};
  return result;
}

std::string replaced(std::string text, std::string_view from,
                     std::string_view to) {
  const auto place = text.find(from);
  BOOST_REQUIRE(place != std::string::npos);
  return text.replace(place, from.size(), to);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(strategy_memory_suite, folder_fixture)

BOOST_AUTO_TEST_CASE(what_is_remembered_comes_back_whole) {
  save_memory(file, lived());
  BOOST_TEST((load_memory(file, {"maker"}) == lived()));
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_a_strategy_that_never_lived) {
  const auto memory = load_memory(file, {"maker"});
  BOOST_TEST(memory.life == 0u);
  BOOST_TEST(memory.ledger.last_sequence == 0u);
  BOOST_TEST(memory.ledger.orders.empty());
}

BOOST_AUTO_TEST_CASE(writing_replaces_the_file_and_leaves_nothing_else) {
  save_memory(file, {.strategy = {"maker"}, .life = 1, .ledger = {}});
  save_memory(file, lived());
  BOOST_TEST((load_memory(file, {"maker"}) == lived()));
  std::size_t files = 0;
  for (const auto& x : std::filesystem::directory_iterator{folder}) {
    BOOST_TEST(x.path() == file);
    ++files;
  }
  BOOST_TEST(files == 1u);
}

BOOST_AUTO_TEST_CASE(a_write_that_was_cut_short_leaves_the_earlier_memory) {
  save_memory(file, lived());
  std::ofstream{file.string() + ".new"} << R"({"version":1,"strat)";
  BOOST_TEST((load_memory(file, {"maker"}) == lived()));
  save_memory(file, {.strategy = {"maker"}, .life = 4, .ledger = {}});
  BOOST_TEST(load_memory(file, {"maker"}).life == 4u);
}

BOOST_AUTO_TEST_CASE(a_torn_file_is_an_error_wherever_it_is_torn) {
  const auto text = encode_memory(lived());
  for (std::size_t size = 0; size < text.size(); ++size)
    BOOST_TEST(!decode_memory(text.substr(0, size)).ok());
  write(text.substr(0, text.size() / 2));
  check_refused("the memory of strategy maker");
}

BOOST_AUTO_TEST_CASE(a_file_of_another_version_is_an_error_that_names_both) {
  write(replaced(encode_memory(lived()), R"("version":1)", R"("version":2)"));
  check_refused("version: expected 1, not 2");
}

BOOST_AUTO_TEST_CASE(a_file_of_another_strategy_is_an_error) {
  save_memory(file, {.strategy = {"taker"}, .life = 1, .ledger = {}});
  check_refused("is the memory of strategy taker, not of maker");
}

BOOST_AUTO_TEST_CASE(a_wrong_member_is_named) {
  const auto text = encode_memory(lived());
  const auto error = [&](std::string_view from, std::string_view to) {
    return decode_memory(replaced(text, from, to)).error().text;
  };
  BOOST_TEST(error(R"("life":3)", R"("life":-3)")
             == "life: expected a whole number");
  BOOST_TEST(error(R"("life":3)", R"("live":3)") == "life: missing");
  BOOST_TEST(error(R"("position":"-0.00005")", R"("position":"x")")
             == "position: expected a decimal");
  BOOST_TEST(error(R"("at":"accepted")", R"("at":"open")")
             == "orders[1]: at: expected submitted, accepted or ended");
  BOOST_TEST(error("M-1-2", "M-1-1")
             == "orders[2]: client_order_id: there twice");
  BOOST_TEST(error("[11,22]", "[11]")
             == "trades[1]: expected two whole numbers");
  BOOST_TEST(error(R"("trades":[[11,21],[11,22]])", R"("trades":7)")
             == "trades: expected an array");
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_is_an_error) {
  BOOST_CHECK_EXCEPTION(
    save_memory(folder / "no" / "maker.json", lived()), std::runtime_error,
    [&](const std::runtime_error& e) {
      return std::string{e.what()}
             == "cannot write " + (folder / "no" / "maker.json.new").string()
                  + ": No such file or directory";
    });
}

BOOST_AUTO_TEST_CASE(a_restarted_trader_goes_on_from_its_ledger) {
  demo_trader trader{{.strategy = {"maker"}, .id_prefix = "M-1-4-", .seed = 5},
                     lived().ledger};
  const auto market = [&](std::uint64_t due) {
    std::size_t submits = 0;
    for (const auto& x : trader.on_market({60'000 * decimal_scale},
                                          {60'006 * decimal_scale}, due))
      if (const auto* submit = std::get_if<submit_order>(&x)) {
        ++submits;
        BOOST_TEST(
          submit->order.client_order_id.value.view().starts_with("M-1-4-"));
      }
    return submits;
  };
  // Three orders are in the ledger.
  BOOST_TEST(market(3) == 0u);
  BOOST_TEST(market(5) == 2u);
  // One of the life before is heard of only now.
  order_submitted late;
  late.header.client_order_id = {"M-1-3-9"};
  late.header.sequence = 10;
  trader.on_event(late);
  BOOST_TEST(market(6) == 0u);
  BOOST_TEST(market(7) == 1u);
  BOOST_TEST(trader.ledger().violations().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
