// SPDX-License-Identifier: BSD-3-Clause
#include "tests/scenario/script_lines.hpp"

#include "tests/simulate/replay_run.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>

namespace hlx::scenario {

namespace {

std::string text(std::string_view x) {
  return '"' + std::string{x} + '"';
}

std::string time(std::int64_t ms) {
  return std::to_string(start_ms + ms);
}

std::string number(std::uint64_t x) {
  return std::to_string(x);
}

constexpr auto order_cloid = R"x("cloid":"$cloid(O-1)")x";

std::string frame(std::string_view channel, const std::string& data) {
  return R"("frame":{"channel":)" + text(channel) + R"(,"data":)" + data + "}";
}

std::string array(const std::vector<std::string>& items) {
  std::string result{"["};
  for (const auto& item : items)
    result.append(result.size() > 1 ? "," : "").append(item);
  return result.append("]");
}

std::string status_json(const status_entry& x) {
  return R"({"order":{"coin":"BTC","side":"B","limitPx":)" + text(x.price)
         + R"(,"sz":)" + text(x.remaining) + R"(,"oid":)" + number(x.oid)
         + R"(,"timestamp":)" + time(x.at_ms) + R"(,"origSz":)"
         + text(x.original) + "," + order_cloid + R"(},"status":)"
         + text(x.word) + R"(,"statusTimestamp":)" + time(x.at_ms) + "}";
}

std::string trade_json(const trade_entry& x) {
  return R"({"coin":"BTC","side":"B","px":)" + text(x.price) + R"(,"sz":)"
         + text(x.quantity) + R"(,"time":)" + time(x.at_ms)
         + R"(,"startPosition":"0.0","dir":"Open Long","closedPnl":"0.0",)"
         + R"("hash":"0x00","oid":)" + number(x.oid)
         + R"(,"crossed":false,"fee":"0.01","feeToken":"USDC","tid":)"
         + number(x.trade) + "," + order_cloid + "}";
}

std::string member(const wire::json& x, std::string_view name) {
  const auto* found = x.find(name);
  return found == nullptr ? std::string{} : found->text();
}

} // namespace

std::string at(std::int64_t ms, const line_body& body) {
  return R"({"at":)" + time(ms) + "," + body + "}";
}

line_body submit(std::string_view quantity, std::string_view more_fields) {
  return R"("command":"submit","strategy":"S-1","order":{)"
         R"("client_order_id":"O-1","instrument":"BTC","side":"buy",)"
         R"("type":"limit","price":"65000","quantity":)"
         + text(quantity) + std::string{more_fields} + "}";
}

line_body modify(std::string_view price) {
  return R"("command":"modify","client_order_id":"O-1","price":)" + text(price);
}

line_body cancel() {
  return R"("command":"cancel","client_order_id":"O-1")";
}

line_body statuses(const std::vector<status_entry>& entries) {
  std::vector<std::string> items;
  items.reserve(entries.size());
  for (const auto& entry : entries)
    items.push_back(status_json(entry));
  return frame("orderUpdates", array(items));
}

line_body fills(const std::vector<trade_entry>& entries, bool snapshot) {
  std::vector<std::string> items;
  items.reserve(entries.size());
  for (const auto& entry : entries)
    items.push_back(trade_json(entry));
  std::string data = R"({"user":"$account","isSnapshot":)";
  data.append(snapshot ? "true" : "false").append(R"(,"fills":)");
  return frame("userFills", data.append(array(items)).append("}"));
}

line_body advance() {
  return R"("advance":true)";
}

line_body reply(int request, std::string_view elements) {
  return R"("reply":)" + std::to_string(request)
         + R"(,"status":200,"body":{"status":"ok","response":{)"
         + R"("type":"order","data":{"statuses":[)" + std::string{elements}
         + "]}}}";
}

line_body http_reply(int request, int status, std::string_view body) {
  return R"("reply":)" + std::to_string(request) + R"(,"status":)"
         + std::to_string(status) + R"(,"body":)" + text(body);
}

line_body failure(int request, std::string_view word) {
  return R"("reply":)" + std::to_string(request) + R"(,"failure":)"
         + text(word);
}

line_body stream(std::string_view word) {
  return R"("stream":)" + text(word);
}

line_body info(std::string_view members) {
  return R"("info":{)" + std::string{members} + "}";
}

std::string resting(std::uint64_t oid) {
  return R"({"resting":{"oid":)" + number(oid) + "," + order_cloid + "}}";
}

std::string filled(std::uint64_t oid, std::string_view total) {
  return R"({"filled":{"totalSz":)" + text(total)
         + R"(,"avgPx":"65000.0","oid":)" + number(oid) + "," + order_cloid
         + "}}";
}

std::string error(std::string_view what) {
  return R"({"error":)" + text(what) + "}";
}

std::string order_status(const status_entry& entry) {
  return R"({"status":"order","order":)" + status_json(entry) + "}";
}

std::vector<std::string> with_end(std::vector<std::string> lines) {
  constexpr std::int64_t end_ms = 30'000;
  lines.push_back(at(end_ms, advance()));
  return lines;
}

std::vector<std::string> resting_then(const std::vector<std::string>& more) {
  std::vector<std::string> script{
    at(0, submit()), at(400, reply(1, resting(1001))),
    at(410, statuses({{.word = "open", .at_ms = 390}}))};
  script.insert(script.end(), more.begin(), more.end());
  return with_end(std::move(script));
}

std::vector<wire::json> run(const std::vector<std::string>& lines) {
  std::string script;
  for (const auto& line : lines)
    script += line + '\n';
  const auto result = simulate::replay(script);
  for (const auto& error : result.errors)
    BOOST_ERROR("line " << error.line << ": " << error.text);
  BOOST_REQUIRE(result.error_count == 0);
  std::vector<wire::json> values;
  std::istringstream in{result.output};
  for (std::string line; std::getline(in, line);) {
    auto parsed = wire::parse_json(line);
    BOOST_REQUIRE_MESSAGE(parsed.value, line << ": " << parsed.error);
    values.push_back(std::move(*parsed.value));
  }
  return values;
}

std::vector<std::string> events(const std::vector<wire::json>& out) {
  constexpr std::string_view prefix = "order_";
  std::vector<std::string> result;
  for (const auto& line : out) {
    auto name = member(line, "event");
    if (name.empty())
      continue;
    name.erase(0, prefix.size());
    auto& event = result.emplace_back(name);
    std::vector<std::string_view> names{"venue_order_id", "reason"};
    if (name == "filled")
      names = {"venue_order_id", "last_quantity"};
    else if (name == "updated")
      names = {"venue_order_id", "quantity", "price"};
    for (const auto field : names)
      if (line.find(field) != nullptr)
        event.append(" ").append(member(line, field));
  }
  return result;
}

std::vector<std::string> events_of(const std::vector<std::string>& lines) {
  return events(run(lines));
}

std::string heard(const std::vector<wire::json>& out) {
  std::string result;
  const auto all = events(out);
  for (std::size_t i = 1; i < all.size(); ++i)
    result.append(i > 1 ? "; " : "").append(all[i]);
  return result;
}

std::size_t count(const std::vector<wire::json>& out, std::string_view name) {
  return static_cast<std::size_t>(
    std::count_if(out.begin(), out.end(), [&](const auto& line) {
      return line.find(name) != nullptr;
    }));
}

} // namespace hlx::scenario
