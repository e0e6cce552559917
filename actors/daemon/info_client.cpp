// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/info_client.hpp"

#include "hlx/actors/transport/http_lane.hpp"
#include "hlx/messages/wire/decode_info.hpp"
#include "hlx/messages/wire/encode_query.hpp"

#include <optional>
#include <utility>

namespace hlx::daemon {

struct info_client::parts {
  explicit parts(venue_address to) : venue(std::move(to)) {
    loop.open();
    lane.emplace(
      loop,
      transport::endpoint{venue.host, venue.port, venue.tls, venue.ca_file},
      "info", [this](transport::http_result x) { result = std::move(x); });
  }

  ~parts() { loop.close(); }

  transport::http_result post(std::string_view body) {
    result.reset();
    lane->post(++next_id, "/info", body, timeout_ms);
    while (!result) {
      if (!loop.service(true))
        throw venue_error{"the event loop failed"};
      if (auto failure = loop.take_failure())
        std::rethrow_exception(failure);
    }
    if (!result->complete)
      throw venue_error{"cannot ask " + to_string(venue) + ": "
                        + result->failure};
    return std::move(*result);
  }

  venue_address venue;
  transport::event_loop loop;
  std::optional<transport::http_lane> lane;
  std::optional<transport::http_result> result;
  std::uint64_t next_id = 0;
};

info_client::info_client(const venue_address& venue)
  : parts_(std::make_unique<parts>(venue)) {
}

info_client::~info_client() = default;

info_answer_body info_client::ask(const info_query_body& query,
                                  const address& account) {
  std::string body;
  wire::append_info_query(body, query, account);
  const auto result = parts_->post(body);
  auto answer = wire::decode_info(query, result.status, result.body);
  if (const auto* failed = std::get_if<failed_answer>(&answer))
    throw venue_error{std::string{wire::info_query_name(query)} + ": "
                      + failed->reason};
  return answer;
}

wire::instruments_answer info_client::ask_instruments() {
  std::string body;
  wire::append_instruments_query(body, "meta");
  const auto result = parts_->post(body);
  auto answer = wire::decode_meta(result.status, result.body);
  if (!answer.error.empty())
    throw venue_error{"meta: " + answer.error};
  return answer;
}

} // namespace hlx::daemon
