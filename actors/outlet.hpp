// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <caf/actor_cast.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/exit_reason.hpp>
#include <caf/mailbox_element.hpp>

#include <utility>

namespace hlx {

/// Stands in this process for a receiver in another one, and ends with it.
/// What it is sent it hands on at once, in the thread of the sender and without
/// the sender's name: so the sender never becomes known elsewhere.
class outlet : public caf::event_based_actor {
public:
  outlet(caf::actor_config& config, caf::strong_actor_ptr receiver)
    : caf::event_based_actor(config), receiver_(std::move(receiver)) {
    set_down_handler([this](caf::down_msg& x) { quit(std::move(x.reason)); });
  }

  const char* name() const override { return "hlx.outlet"; }

  void enqueue(caf::mailbox_element_ptr mail,
               caf::execution_unit* unit) override {
    const auto& content = mail->content();
    if (content.match_elements<caf::down_msg>()
        || content.match_elements<caf::exit_msg>())
      event_based_actor::enqueue(std::move(mail), unit);
    else
      receiver_->enqueue(nullptr, caf::make_message_id(),
                         mail->move_content_to_message(), unit);
  }

  caf::behavior make_behavior() override {
    monitor(caf::actor_cast<caf::actor_addr>(receiver_));
    return {[](caf::close_atom) {
      // Nothing gets here; without a behavior it would end.
    }};
  }

private:
  const caf::strong_actor_ptr receiver_;
};

} // namespace hlx
