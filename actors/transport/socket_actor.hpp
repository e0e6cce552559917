// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/transport/event_loop.hpp"

#include <caf/error.hpp>
#include <caf/sec.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace hlx::transport {

/// Base of the actors that own sockets: an event-based typed actor whose
/// thread waits in the event loop; mail wakes it. Derived classes call
/// `loop.open()` in make_behavior(). To be spawned `detached`, else
/// make_behavior() throws by way of require_own_thread(). Ends by exit
/// messages only: dropping the last handle does not end it.
template <class Interface>
class socket_actor : public Interface::base {
public:
  using super = typename Interface::base;

  explicit socket_actor(caf::actor_config& config) : super(config) {}

  void enqueue(caf::mailbox_element_ptr mail,
               caf::execution_unit* unit) override {
    super::enqueue(std::move(mail), unit);
    loop.wake();
  }

  /// The body of the actor's own thread.
  caf::resumable::resume_result resume(caf::execution_unit* unit,
                                       std::size_t) override {
    for (;;) {
      loop.clear_wake();
      const auto result = super::resume(unit, mail_batch_max);
      if (result == caf::resumable::done)
        return result;
      bool more = result == caf::resumable::resume_later;
      // A sender that was first to unblock the mailbox has added a reference
      // for a scheduler that is not there.
      if (!more && !this->mailbox().try_unblock()) {
        caf::intrusive_ptr_release(this->ctrl());
        more = true;
      }
      guarded_turn();
      if (loop.is_open() && !loop.service(!more))
        this->quit(caf::make_error(caf::sec::runtime_error,
                                   std::string{"the event loop failed"}));
      guarded_turn();
      if (auto failure = loop.take_failure())
        this->quit(error_of(failure));
      if (!this->alive()) {
        this->finalize(); // Outside a handler CAF would leave this out.
        return caf::resumable::done;
      }
    }
  }

  void on_exit() override {
    last_words();
    loop.close();
    event_loop::end_thread();
    super::on_exit();
  }

protected:
  static constexpr std::size_t mail_batch_max = 64;

  /// Between batches, outside all callbacks: starts requests, reconnects.
  virtual void turn() {}

  /// Answers what is open and drops every handle. The sockets are still there.
  virtual void last_words() {}

  void require_own_thread() const {
    if (!this->getf(caf::abstract_actor::is_detached_flag))
      throw std::logic_error("an actor that owns sockets is spawned detached");
  }

  event_loop loop;

private:
  void guarded_turn() {
    if (!this->alive())
      return;
    try {
      turn();
    } catch (...) {
      this->quit(error_of(std::current_exception()));
    }
  }

  static caf::error error_of(const std::exception_ptr& failure) {
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& x) {
      return caf::make_error(caf::sec::runtime_error, std::string{x.what()});
    } catch (...) {
      return caf::make_error(caf::sec::runtime_error,
                             std::string{"unknown exception"});
    }
  }
};

} // namespace hlx::transport
