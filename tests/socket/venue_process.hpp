// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/kit/certificates.hpp"
#include "tests/socket/child_process.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace hlx::test {

inline constexpr char account[] = "0x14791697260e4c9a71f18484c9f997b308e59325";

inline constexpr char key[] =
  "0x0123456789012345678901234567890123456789012345678901234567890123";

inline std::string after_colon(const std::string& line) {
  return line.substr(line.rfind(':') + 1);
}

/// The simulated venue in a process of its own, by TLS, with one funded
/// account, and what `hlx run` needs to trade there.
struct venue_process {
  explicit venue_process(const std::string& certified_name = "localhost")
    : certificates(certified_name),
      process({HLX_SIM_PROGRAM, "venue", "--port", "0", "--control-port", "0",
               "--tls-certificate", certificates.certificate_file(),
               "--tls-key", certificates.key_file(), "--fund",
               std::string{account} + "=10000"}) {
    const auto listening = process.wait_for_line("listening on ");
    const auto control = process.wait_for_line("control on ");
    BOOST_REQUIRE_MESSAGE(listening && control, process.errors());
    port = after_colon(*listening);
    control_port = after_colon(*control);
    auto name =
      (std::filesystem::temp_directory_path() / "hlx-run-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()));
    directory = name;
    write("agent.key", key);
    write_config("ca_file = \"" + certificates.ca_file() + "\"\n");
  }

  ~venue_process() { std::filesystem::remove_all(directory); }

  std::string file(const std::string& name) const {
    return (directory / name).string();
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream{file(name)} << text;
    ::chmod(file(name).c_str(), S_IRUSR | S_IWUSR);
  }

  void write_config(const std::string& trust) const {
    write("hlx.conf", "[hlx]\nurl = \"https://localhost:" + port + "\"\n"
                        + trust + "account = \"" + account + "\"\nkey_file = \""
                        + file("agent.key")
                        + "\"\n[quoter]\nrefresh_ms = 200\n");
  }

  /// The example that is shipped, with three keys set and nothing else.
  void write_shipped_config() const {
    std::ifstream in{HLX_EXAMPLE_FILE};
    std::ostringstream shipped;
    shipped << in.rdbuf();
    auto text = shipped.str();
    set_key(text, "url = \"", "url = \"https://localhost:" + port + '"');
    set_key(text, "; ca_file = \"",
            "ca_file = \"" + certificates.ca_file() + '"');
    set_key(text, "key_file = \"", "key_file = \"" + file("agent.key") + '"');
    write("hlx.conf", text);
  }

  /// The best prices on the venue's book of BTC.
  hlx::book_answer book() const {
    auto venue = *hlx::parse_url("https://localhost:" + port);
    venue.ca_file = certificates.ca_file();
    return std::get<hlx::book_answer>(
      hlx::daemon::info_client{venue}.ask(hlx::book_query{"BTC"}));
  }

  std::vector<std::string> run_command(std::vector<std::string> more) const {
    std::vector<std::string> result{HLX_PROGRAM, "run", "--config-file",
                                    file("hlx.conf")};
    result.insert(result.end(), more.begin(), more.end());
    return result;
  }

  /// Posts to the control port; the whole answer.
  std::string control(const std::string& body) const {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const auto to =
      hlx::test::loopback(static_cast<std::uint16_t>(std::stoi(control_port)));
    BOOST_REQUIRE(
      ::connect(socket, reinterpret_cast<const ::sockaddr*>(&to), sizeof(to))
      == 0);
    const auto request = "POST /control HTTP/1.1\r\nHost: localhost\r\n"
                         "Content-Type: application/json\r\n"
                         "Connection: close\r\nContent-Length: "
                         + std::to_string(body.size()) + "\r\n\r\n" + body;
    BOOST_REQUIRE(::write(socket, request.data(), request.size())
                  == static_cast<::ssize_t>(request.size()));
    char answer[1024];
    const auto size = ::read(socket, answer, sizeof(answer));
    ::close(socket);
    return {answer, static_cast<std::size_t>(size > 0 ? size : 0)};
  }

  void quote_both_sides() const {
    control(R"({"book":{"coin":"BTC","side":"buy","px":"59990","sz":"1"}})");
    control(R"({"book":{"coin":"BTC","side":"sell","px":"60010","sz":"1"}})");
  }

  /// Replaces the first line that begins like that.
  static void set_key(std::string& text, const std::string& beginning,
                      const std::string& line) {
    const auto at = text.find('\n' + beginning);
    BOOST_TEST_REQUIRE(at != std::string::npos, beginning);
    text.replace(at + 1, text.find('\n', at + 1) - at - 1, line);
  }

  hlx::kit::test_certificates certificates;
  child_process process;
  std::string port;
  std::string control_port;
  std::filesystem::path directory;
};

} // namespace hlx::test
