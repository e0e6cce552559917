// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>

/// Bytes in and out. The only folder that knows libwebsockets, and none of its
/// types leave the .cpp files.
namespace hlx::transport {

/// One libwebsockets context and the sockets and timers on it. Everything but
/// wake() belongs to the thread that calls service().
class event_loop {
public:
  event_loop();
  ~event_loop();
  event_loop(const event_loop&) = delete;
  event_loop& operator=(const event_loop&) = delete;

  /// Creates the context. Throws std::runtime_error.
  void open();

  bool is_open() const noexcept;

  /// Ends a wait in service(), from any thread; at most one system call for
  /// each batch of mail.
  void wake() noexcept;

  /// Makes the next wake() count again. To be called before the mail is read.
  void clear_wake() noexcept;

  /// Handles what is due on sockets and timers; with `may_wait` sleeps until
  /// there is something. False when the loop is beyond repair.
  bool service(bool may_wait);

  /// Closes every socket and stops every timer; their owners hear of it before
  /// this returns. May be repeated.
  void close() noexcept;

  /// Frees what TLS keeps for this thread, which is about to end: nobody joins
  /// the threads of actors, so that the process may end before its thread
  /// locals do.
  static void end_thread() noexcept;

  /// The first exception that came out of a callback, once.
  std::exception_ptr take_failure() noexcept;

  struct parts;
  parts& internals() noexcept { return *parts_; }

private:
  std::unique_ptr<parts> parts_;
};

/// Calls back once after a while, on the loop's thread. A timer whose loop is
/// closed or not open yet never calls.
class loop_timer {
public:
  loop_timer(event_loop& loop, std::function<void()> on_due);
  ~loop_timer();
  loop_timer(const loop_timer&) = delete;
  loop_timer& operator=(const loop_timer&) = delete;

  /// Starts it, or starts it anew.
  void start(std::int64_t delay_ms);

  void stop() noexcept;

  bool is_running() const noexcept;

  struct parts;

private:
  std::unique_ptr<parts> parts_;
};

/// Where a client connects to.
struct endpoint {
  std::string host; ///< Also the name that a certificate must carry.
  std::uint16_t port = 0;
  bool tls = true;
  std::string ca_file; ///< PEM; trusted beside the system's. May be empty.
};

} // namespace hlx::transport
