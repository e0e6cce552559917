// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/daemon/sign.hpp"

#include "hlx/actors/daemon/credentials.hpp"
#include "hlx/actors/daemon/subcommands.hpp"
#include "hlx/messages/signing/eip712.hpp"
#include "hlx/messages/signing/signer.hpp"
#include "hlx/messages/signing/without_keys.hpp"
#include "hlx/messages/wire/decode_request.hpp"
#include "hlx/messages/wire/json_text.hpp"

#include <cstdio>
#include <iostream>

namespace hlx::daemon {

namespace {

constexpr char help[] =
  R"(usage: hlx sign < LINES

Signs actions, for checking signatures by hand. Reads JSON lines on standard
input and prints one JSON line for each. Input: an object with
  action        an L1 action or a user-signed one, as the venue reads it
  nonce         an integer (a user-signed action carries its own)
  vault         an address, or null
  expiresAfter  Unix milliseconds, or null
  isTestnet     a boolean
  privateKey    0x and 64 hex digits
Other keys are ignored, but not those inside the action. A line has at most
1000000 bytes. Output:
  {"hash","r","s","v","address"}    for an L1 action
  {"digest","r","s","v","address"}  for a user-signed action
  {"error"}                         for a line that is wrong
The exit status is 1 when any line was wrong.
)";

sign_output failure(std::string_view what) {
  sign_output result{.text = "{\"error\":", .ok = false};
  wire::append_json_string(result.text, signing::without_keys(what));
  result.text += '}';
  return result;
}

void append_member(std::string& out, std::string_view key, const auto& bytes) {
  out.append("\"").append(key).append("\":\"").append(to_string(bytes));
  out += '"';
}

std::string signature_text(std::string_view hash_key, const bytes32& hash,
                           const signing::signature& made,
                           const address& signer_address) {
  std::string result = "{";
  append_member(result, hash_key, hash);
  result += ',';
  append_member(result, "r", made.r);
  result += ',';
  append_member(result, "s", made.s);
  result += ",\"v\":" + std::to_string(made.v) + ',';
  append_member(result, "address", signer_address);
  result += '}';
  return result;
}

std::string sign_task(const signing::signer& key,
                      const wire::signing_task& task) {
  const auto who = key.signer_address();
  if (const auto* user = std::get_if<user_signed_action>(&task.action)) {
    const auto digest = signing::user_signed_digest(*user);
    return signature_text("digest", digest, key.sign(digest), who);
  }
  const auto net =
    task.is_testnet ? signing::network::testnet : signing::network::mainnet;
  wire::byte_buffer scratch;
  const auto hash =
    signing::action_hash(scratch, std::get<l1_action>(task.action), task.terms);
  return signature_text("hash", hash,
                        key.sign(signing::agent_digest(net, hash)), who);
}

} // namespace

sign_output sign_line(std::string_view line) {
  if (line.size() > sign_line_max)
    return failure("the line is longer than " + std::to_string(sign_line_max)
                   + " bytes");
  auto task = wire::decode_signing_task(line);
  if (!task)
    return failure(task.error().text);
  auto key = signing::secret_key::from_hex(task->private_key);
  signing::wipe(task->private_key);
  if (!key)
    return failure("privateKey: " + key.error().text);
  return {.text = sign_task(signing::signer{std::move(*key)}, *task)};
}

int sign_main(int argc, char** argv) {
  if (argc > 1) {
    const std::string_view option{argv[1]};
    if (option == "--help" || option == "-h") {
      std::fputs(help, stdout);
      return 0;
    }
    throw usage_error{"no option "
                      + wire::quoted(option.substr(0, option.find('=')))
                      + "; it reads standard input only (see hlx sign --help)"};
  }
  bool all_ok = true;
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto output = sign_line(line);
    signing::wipe(line);
    all_ok = all_ok && output.ok;
    std::cout << output.text << '\n' << std::flush;
  }
  if (std::cin.bad() || !std::cout) {
    throw std::runtime_error{"standard input or output failed"};
  }
  return all_ok ? 0 : 1;
}

} // namespace hlx::daemon
