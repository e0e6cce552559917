// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/interfaces.hpp"
#include "hlx/actors/thread_placement.hpp"
#include "tests/bench/paired_runs.hpp"

#include <caf/actor_system_config.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

/// What the benchmarks of actors that wake each other are made of.
namespace hlx::bench {

inline std::int64_t now_ns() {
  return std::chrono::steady_clock::now().time_since_epoch().count();
}

/// As `hlx run` has it.
struct actors_config : caf::actor_system_config {
  actors_config() {
    hlx::add_message_types(*this);
    set("scheduler.policy", caf::atom("sharing"));
  }
};

/// How long what is to come may take on a machine that is busy.
inline constexpr std::chrono::seconds wait_max{20};

/// When something was heard for the n-th time, for a thread that waits for it.
class hearing {
public:
  void hear() {
    const auto ns = now_ns();
    const std::lock_guard guard{mutex_};
    last_ns_ = ns;
    if (++count_ == awaited_)
      changed_.notify_one();
  }

  /// Calls `cause`, and waits until it was heard so often since. When that was.
  template <class F>
  std::int64_t wait(std::size_t times, F cause) {
    std::unique_lock lock{mutex_};
    awaited_ = count_ + times;
    lock.unlock();
    cause();
    lock.lock();
    if (!changed_.wait_for(lock, wait_max, [&] { return count_ >= awaited_; }))
      throw std::runtime_error("a message did not come");
    return last_ns_;
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t count_ = 0;
  std::size_t awaited_ = 0;
  std::int64_t last_ns_ = 0;
};

/// Waits for the next beat of one a ms.
class pace {
public:
  void start() { next_ = std::chrono::steady_clock::now(); }

  void wait() {
    next_ += std::chrono::milliseconds{1};
    std::unique_lock lock{mutex_};
    never_.wait_until(lock, next_, [] { return false; });
  }

private:
  std::chrono::steady_clock::time_point next_ =
    std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable never_;
};

/// The first two processors that the program may use; none when it has one.
/// Left alone, the kernel lets the threads of one measurement share a processor
/// and spreads those of the next, which is a factor of three. So all hops, bare
/// or not, lead from one of the two to the other.
struct two_processors {
  std::optional<unsigned> here;
  std::optional<unsigned> there;

  static two_processors pick() {
    two_processors result;
    cpu_set_t allowed;
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0
        || CPU_COUNT(&allowed) < 2)
      return result;
    for (unsigned i = 0; !result.there; ++i)
      if (CPU_ISSET(i, &allowed))
        (result.here ? result.there : result.here) = i;
    return result;
  }
};

/// Hops from thread to thread by condition variables and nothing else; the
/// first leads from the caller, which is here, to a thread there.
class bare_hops {
public:
  explicit bare_hops(std::size_t count, const two_processors& where)
    : slots_(count + 1) {
    for (std::size_t i = 0; i < count; ++i) {
      const on_processor place{i % 2 == 0 ? where.there : where.here};
      threads_.emplace_back([this, i] { pass_on(i); });
    }
  }

  bare_hops(const bare_hops&) = delete;
  bare_hops& operator=(const bare_hops&) = delete;

  ~bare_hops() {
    slots_.front().put(-1);
    for (auto& x : threads_)
      x.join();
  }

  /// From putting a number to its being seen by the last thread, ns.
  std::int64_t measure() {
    slots_.front().put(now_ns());
    return slots_.back().take();
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

  /// The last thread turns the time into a duration.
  void pass_on(std::size_t from) {
    const bool last = from + 2 == slots_.size();
    for (std::int64_t x = 0; x >= 0;) {
      x = slots_[from].take();
      slots_[from + 1].put(last && x >= 0 ? now_ns() - x : x);
    }
  }

  std::deque<slot> slots_;
  std::vector<std::thread> threads_;
};

/// Measures each of the subjects in turn with the others, one measurement a ms,
/// and returns their medians in ns.
inline std::vector<double> medians_in_turn(
  const std::vector<std::function<std::int64_t()>>& subjects) {
  constexpr std::size_t turns = 20;
  constexpr std::size_t warm_up_turns = 2;
  constexpr std::size_t measurements_per_turn = 25;
  std::vector<std::vector<double>> ns(subjects.size());
  for (std::size_t turn = 0; turn < warm_up_turns + turns; ++turn)
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      pace beat;
      for (std::size_t k = 0; k < measurements_per_turn; ++k) {
        beat.wait();
        const auto taken = static_cast<double>(subjects[i]());
        if (turn >= warm_up_turns)
          ns[i].push_back(taken);
      }
    }
  std::vector<double> result;
  for (auto& x : ns)
    result.push_back(median(std::move(x)));
  return result;
}

} // namespace hlx::bench
