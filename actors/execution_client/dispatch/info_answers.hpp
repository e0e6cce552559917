// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

namespace hlx {

/// An answer, or the lack of one, for whoever asked.
void on_info_answer(context& c, const info_answer& answer);

} // namespace hlx
