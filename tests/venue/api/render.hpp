// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/venue/api/json_writer.hpp"
#include "tests/venue/records.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Records of the books as the venue's JSON, key for key.
namespace hlx::venue {

/// "B" or "A".
std::string_view side_letter(order_side x);

/// The short form of orderUpdates and openOrders.
void write_order(json_writer& out, const order_record& x);

/// {"order":{..},"status":"..","statusTimestamp":..}, the short form.
void write_order_update(json_writer& out, const order_record& x);

/// FrontendOpenOrder. Its children are looked up in `all`; those that are not
/// there are left out.
void write_frontend_order(json_writer& out, const order_record& x,
                          std::span<const order_record> all);

/// {"order":FrontendOpenOrder,"status":"..","statusTimestamp":..}
void write_order_history(json_writer& out, const order_record& x);

void write_fill(json_writer& out, const fill_record& x);

/// Neighbours of one order and one time become one, at their average price.
std::vector<fill_record> aggregate_by_time(std::span<const fill_record> fills);

void write_trade(json_writer& out, const trade_record& x);

/// {"fill":Fill,"twapId":n}
void write_twap_fill(json_writer& out, const fill_record& x);

/// [twapId,TwapState]
void write_twap_state(json_writer& out, const twap_record& x);

/// {"time","state":TwapState,"status":{"status":"activated"},"twapId":n}
void write_twap_event(json_writer& out, const twap_event& x);

/// {"time","coin","usdc","szi","fundingRate","nSamples"}
void write_funding(json_writer& out, const funding_record& x);

/// {"time","hash","delta":{"type":"funding",..}}
void write_funding_delta(json_writer& out, const funding_record& x);

/// {"time","hash","delta":{"type":"deposit",..}}
void write_ledger(json_writer& out, const ledger_record& x);

/// {"px","sz","n"}, or null for a missing level.
void write_level(json_writer& out, const book_level* x);

/// The body of the answer to an action.
std::string exchange_reply_json(const action_reply& x);

/// {"status":"err","response":text}
std::string refusal_json(std::string_view text);

} // namespace hlx::venue
