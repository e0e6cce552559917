// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/interfaces.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/binary_deserializer.hpp>
#include <caf/binary_serializer.hpp>
#include <caf/message.hpp>

#include <boost/test/unit_test.hpp>

#include <type_traits>
#include <utility>

using namespace hlx;

namespace {

/// Gives every field of a message a value of its own: an inspector like any
/// other. Optionals are there, lists have two elements, and a variant holds
/// its alternative number `choice`.
class filler {
public:
  using result_type = void;
  static constexpr bool reads_state = false;
  static constexpr bool writes_state = true;

  explicit filler(std::size_t choice) : choice_(choice) {}

  template <class... Ts>
  void operator()(Ts&&... xs) {
    (fill(xs), ...);
  }

private:
  template <class T>
  void fill(T& x) {
    if constexpr (caf::meta::is_annotation<std::decay_t<T>>::value) {
      return;
    } else if constexpr (std::is_same_v<T, bool>) {
      x = true;
    } else if constexpr (std::is_enum_v<T>) {
      x = static_cast<T>(1);
    } else if constexpr (std::is_arithmetic_v<T>) {
      x = static_cast<T>(++count_);
    } else if constexpr (std::is_same_v<T, std::string>) {
      x = "text " + std::to_string(++count_);
    } else {
      inspect(*this, x);
    }
  }

  template <class T>
  void fill(std::optional<T>& x) {
    fill(x.emplace());
  }

  template <class T>
  void fill(std::vector<T>& x) {
    x.resize(2);
    for (auto& y : x)
      fill(y);
  }

  template <class T, std::size_t Size>
  void fill(std::array<T, Size>& x) {
    for (auto& y : x)
      fill(y);
  }

  template <class A, class B>
  void fill(std::pair<A, B>& x) {
    fill(x.first);
    fill(x.second);
  }

  template <class... Ts>
  void fill(std::variant<Ts...>& x) {
    caf::hlx_detail::emplace_alternative(x, choice_ % sizeof...(Ts));
    std::visit([this](auto& y) { fill(y); }, x);
  }

  std::size_t choice_;
  std::uint8_t count_ = 0;
};

struct config : caf::actor_system_config {
  config() {
    hlx::add_message_types(*this);
    set("scheduler.policy", caf::atom("testing"));
  }
};

template <class T>
void check_round_trip(caf::actor_system& sys, std::size_t choice) {
  T sent;
  filler fill{choice};
  fill(sent);
  std::vector<char> bytes;
  caf::binary_serializer sink{sys, bytes};
  const auto outgoing = caf::make_message(sent);
  BOOST_REQUIRE(!sink(const_cast<caf::message&>(outgoing)));
  caf::binary_deserializer source{sys, bytes};
  caf::message incoming;
  BOOST_REQUIRE(!source(incoming));
  BOOST_REQUIRE(incoming.match_elements<T>());
  BOOST_CHECK(incoming.get_as<T>(0) == sent);
  BOOST_CHECK(!caf::deep_to_string(sent).empty());
}

template <std::size_t... Indexes>
void check_block(caf::actor_system& sys, std::size_t choice,
                 std::index_sequence<Indexes...>) {
  constexpr auto begin = caf::id_block::hlx_messages::begin;
  const auto check = [&]<class T>(std::type_identity<T>) {
    BOOST_TEST_CONTEXT(caf::type_name<T>::value << ", choice " << choice)
    check_round_trip<T>(sys, choice);
  };
  (check(std::type_identity<typename caf::type_by_id<begin + Indexes>::type>{}),
   ...);
}

} // namespace

BOOST_AUTO_TEST_SUITE(message_round_trip_suite)

BOOST_AUTO_TEST_CASE(every_message_survives_the_network) {
  config cfg;
  caf::actor_system sys{cfg};
  using block = caf::id_block::hlx_messages;
  constexpr std::size_t most_alternatives = 20;
  static_assert(std::variant_size_v<l1_action> <= most_alternatives);
  for (std::size_t choice = 0; choice < most_alternatives; ++choice)
    check_block(sys, choice,
                std::make_index_sequence<block::end - block::begin>{});
}

BOOST_AUTO_TEST_CASE(an_empty_optional_stays_empty) {
  config cfg;
  caf::actor_system sys{cfg};
  modify_order sent{{"S-1"}, {"O-1"}, std::nullopt, price{5}};
  std::vector<char> bytes;
  caf::binary_serializer sink{sys, bytes};
  BOOST_REQUIRE(!sink(sent));
  modify_order received{{}, {}, quantity{7}, std::nullopt};
  caf::binary_deserializer source{sys, bytes};
  BOOST_REQUIRE(!source(received));
  BOOST_CHECK(received == sent);
}

BOOST_AUTO_TEST_CASE(a_message_prints_as_text) {
  const cancel_order x{{"S-1"}, {"O-1"}};
  BOOST_TEST(caf::deep_to_string(x) == "hlx::cancel_order(S-1, O-1)");
  const modify_order y{{"S-1"}, {"O-1"}, std::nullopt, std::nullopt};
  BOOST_TEST(caf::deep_to_string(y)
             == "hlx::modify_order(S-1, O-1, <null>, <null>)");
}

BOOST_AUTO_TEST_SUITE_END()
