// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/messages/wire/decode_frame.hpp"
#include "tests/unit/golden_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace hlx {

/// Decodes frames one after the other, as a stream does.
struct frame_fixture {
  wire::frame_decoder decoder;

  const wire::decoded_frame& golden(const std::string& name) {
    return decoder.decode(golden_frame(name));
  }

  /// The frame is nothing but one warning, which says why and quotes it.
  void check_given_up(const std::string& frame, const std::string& why) {
    const auto& result = decoder.decode(frame);
    BOOST_TEST_CONTEXT(frame) {
      BOOST_TEST((result.kind == wire::frame_kind::unknown));
      BOOST_TEST((result.update.orders.empty() && result.text.empty()));
      BOOST_REQUIRE(result.update.warnings.size() == 1u);
      BOOST_TEST(result.update.warnings[0] == why + ": " + frame);
    }
  }
};

} // namespace hlx
