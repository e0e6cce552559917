// SPDX-License-Identifier: BSD-3-Clause
#include "hlx/actors/thread_placement.hpp"

#include <pthread.h>

#include <cerrno>
#include <system_error>

namespace hlx {

namespace {

void check(int error_number, const char* what) {
  if (error_number != 0)
    throw std::system_error(error_number, std::generic_category(), what);
}

cpu_set_t allowed_processors() {
  cpu_set_t result;
  CPU_ZERO(&result);
  check(::pthread_getaffinity_np(::pthread_self(), sizeof result, &result),
        "the processors of a thread");
  return result;
}

bool holds(const cpu_set_t& processors, unsigned number) {
  return number < CPU_SETSIZE && CPU_ISSET(number, &processors);
}

/// Like "0-3, 6".
std::string text_of(const cpu_set_t& processors) {
  std::string result;
  for (unsigned first = 0; first < CPU_SETSIZE; ++first) {
    if (!holds(processors, first))
      continue;
    auto last = first;
    while (holds(processors, last + 1))
      ++last;
    if (!result.empty())
      result += ", ";
    result += std::to_string(first);
    if (last > first)
      result.append("-").append(std::to_string(last));
    first = last;
  }
  return result;
}

} // namespace

std::array<std::pair<std::string_view, std::optional<unsigned>>, 3> named(
  const thread_placement& x) {
  return {
    {{"client", x.client}, {"reader", x.reader}, {"submitter", x.submitter}}};
}

std::string objection_to(const thread_placement& placement) {
  const auto allowed = allowed_processors();
  for (const auto& [name, number] : named(placement))
    if (number && !holds(allowed, *number))
      return "the thread of the " + std::string{name}
             + " cannot run on processor " + std::to_string(*number)
             + "; allowed: " + text_of(allowed);
  return {};
}

on_processor::on_processor(std::optional<unsigned> number) {
  if (!number)
    return;
  if (*number >= CPU_SETSIZE)
    check(EINVAL, "keeping a thread on a processor");
  const auto before = allowed_processors();
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(*number, &one);
  check(::pthread_setaffinity_np(::pthread_self(), sizeof one, &one),
        "keeping a thread on a processor");
  before_ = before;
}

on_processor::~on_processor() {
  // Back to where it may run anyway: nothing to be done if that fails.
  if (before_)
    ::pthread_setaffinity_np(::pthread_self(), sizeof *before_, &*before_);
}

} // namespace hlx
