// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/outlet.hpp"

#include <caf/actor_cast.hpp>
#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/sec.hpp>
#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <atomic>
#include <map>
#include <string>
#include <type_traits>
#include <utility>

namespace hlx {

/// Ends a gate. It cannot be serialised, so it comes from this process.
struct close_gate {};

/// What of the execution client stands behind a gate. Never leaves the process.
using gated_client_actor = execution_client_actor;

/// Base of the actors whose handles leave the process. Interface is what the
/// other side may say; a derived class handles it in make_behavior(). Nothing
/// else gets into the mailbox: no exit message, no error, no answer.
/// Ends with the client, or by close_gate.
template <class Interface>
class gate
  : public Interface::template extend<caf::reacts_to<close_gate>>::base {
public:
  using self_type =
    typename Interface::template extend<caf::reacts_to<close_gate>>;
  using super = typename self_type::base;

  gate(caf::actor_config& config, gated_client_actor client)
    : super(config), client_(std::move(client)) {}

  void enqueue(caf::mailbox_element_ptr mail,
               caf::execution_unit* unit) override {
    if (is_welcome(*mail))
      super::enqueue(std::move(mail), unit);
    else
      refuse(*mail, unit);
  }

protected:
  /// Most warnings about refused messages, so that nobody can fill the log.
  static constexpr int refusals_told_max = 10;

  /// Most characters of a refused message that are quoted.
  static constexpr std::size_t text_max = 200;

  const gated_client_actor& client() const { return client_; }

  /// What is wrong, for whoever listens to the client.
  void warn(std::string text) {
    if (refusals_.fetch_add(1) < refusals_told_max)
      caf::anon_send(client_, client_warning{std::move(text), 0});
  }

  /// Who the client is to know in place of a receiver elsewhere.
  template <class Handle>
  Handle outlet_of(const Handle& receiver) {
    std::erase_if(outlets_,
                  [](const auto& x) { return !is_running(x.second); });
    auto& known = outlets_[receiver.address()];
    if (auto running = caf::actor_cast<caf::strong_actor_ptr>(known))
      return caf::actor_cast<Handle>(running);
    const auto result = this->home_system().template spawn<outlet>(
      caf::actor_cast<caf::strong_actor_ptr>(receiver));
    known = result.address();
    return caf::actor_cast<Handle>(result);
  }

  /// Hands a message on to the client, as one that is not answered: an answer
  /// would name the client. Its sender is the outlet of who sent it, if any.
  template <class... Ts>
  void pass_on(Ts&&... xs) {
    caf::actor_cast<caf::abstract_actor*>(client_)->enqueue(
      sender_for_client(), caf::make_message_id(),
      caf::make_message(std::forward<Ts>(xs)...), this->context());
  }

private:
  static bool is_running(const caf::actor_addr& x) {
    const auto actor = caf::actor_cast<caf::strong_actor_ptr>(x);
    return actor
           && !actor->get()->getf(caf::abstract_actor::is_terminated_flag);
  }

  caf::strong_actor_ptr sender_for_client() {
    const auto found =
      outlets_.find(caf::actor_cast<caf::actor_addr>(this->current_sender()));
    return found == outlets_.end()
             ? nullptr
             : caf::actor_cast<caf::strong_actor_ptr>(found->second);
  }

  template <class... Ins, class... Outs>
  static bool is_spoken(const caf::type_erased_tuple& content,
                        caf::detail::type_list<caf::typed_mpi<Ins, Outs>...>) {
    return (content.match_elements(Ins{}) || ...);
  }

  bool is_welcome(caf::mailbox_element& mail) const {
    return !mail.mid.is_response()
           && is_spoken(mail.content(), typename self_type::signatures{});
  }

  void refuse(caf::mailbox_element& mail, caf::execution_unit* unit) {
    warn(std::string{this->name()} + " ignored a message that is not for it: "
         + caf::to_string(mail.content()).substr(0, text_max));
    if (mail.mid.is_request() && mail.sender)
      mail.sender->enqueue(
        nullptr, mail.mid.response_id(),
        caf::make_message(caf::make_error(caf::sec::unexpected_message)), unit);
  }

  gated_client_actor client_;
  std::map<caf::actor_addr, caf::actor_addr> outlets_; ///< By receiver.
  std::atomic<int> refusals_{0};
};

/// Closes the gate, whoever holds handles of it.
template <class Handle>
void close_gate_of(const Handle& gate) {
  caf::actor_cast<caf::abstract_actor*>(gate)->enqueue(
    nullptr, caf::make_message_id(), caf::make_message(close_gate{}), nullptr);
}

/// Closes the gate when the client has ended, whoever holds handles of it.
template <class Handle>
void close_with(const Handle& gate, const gated_client_actor& client) {
  caf::actor_cast<caf::abstract_actor*>(client)->attach_functor(
    [gate]() { close_gate_of(gate); });
}

} // namespace hlx

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(hlx::close_gate)
