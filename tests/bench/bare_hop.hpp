// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace hlx::bench {

/// One hop from thread to thread by a condition variable and nothing else.
class bare_hop {
public:
  bare_hop() = default;
  bare_hop(const bare_hop&) = delete;
  bare_hop& operator=(const bare_hop&) = delete;

  ~bare_hop() {
    there_.put(-1);
    other_.join();
  }

  /// From putting a number to its being seen by the other thread, ns.
  std::int64_t measure() {
    there_.put(now_ns());
    return back_.take();
  }

private:
  /// Holds one number at a time.
  class slot {
  public:
    void put(std::int64_t x) {
      const std::lock_guard guard{mutex_};
      value_ = x;
      filled_ = true;
      changed_.notify_one();
    }

    std::int64_t take() {
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [this] { return filled_; });
      filled_ = false;
      return value_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::int64_t value_ = 0;
    bool filled_ = false;
  };

  static std::int64_t now_ns() {
    return std::chrono::steady_clock::now().time_since_epoch().count();
  }

  slot there_;
  slot back_;
  std::thread other_{[this] {
    for (std::int64_t x = there_.take(); x >= 0; x = there_.take())
      back_.put(now_ns() - x);
  }};
};

} // namespace hlx::bench
