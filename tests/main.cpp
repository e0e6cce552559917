// SPDX-License-Identifier: BSD-3-Clause
#define BOOST_TEST_MODULE hlx
#include <boost/test/unit_test.hpp>
