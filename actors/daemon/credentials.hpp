// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/daemon/options.hpp"
#include "hlx/messages/signing/signer.hpp"

#include <memory>
#include <stdexcept>

/// The files that the subcommands which reach a venue are given.
namespace hlx::daemon {

/// The call was wrong: exit status 2.
struct usage_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What signs: the key of the file or of the environment variable. Throws a
/// usage_error when it cannot be read, and when `ca_file` holds no certificate:
/// that would trust nobody, and look like the venue's fault.
std::shared_ptr<const signing::signer> read_credentials(const run_options& x);

} // namespace hlx::daemon
