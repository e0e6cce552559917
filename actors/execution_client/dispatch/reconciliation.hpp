// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/dispatch/order_events.hpp"

/// After every gap in the user stream, and at start: submits wait until the
/// venue has told the open orders, the fills of the gap, and what became of
/// each order that is not open any more.
namespace hlx {

void on_stream_up(context& c);
void on_stream_down(context& c);

/// The pause after a failed reconciliation is over.
void retry_reconciliation(context& c);

/// An answer to one of its queries.
void on_reconciliation_answer(context& c, const query_record& record,
                              const info_answer_body& body);

} // namespace hlx
