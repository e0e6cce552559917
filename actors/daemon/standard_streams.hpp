// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// What a program sees to before anything else: the descriptors that it was, or
/// was not, started with.
namespace hlx::daemon {

/// Opens /dev/null for each of the descriptors 0, 1 and 2 that is closed: else
/// the first sockets would take their numbers, and get what is printed. Without
/// a /dev/null the process ends with status 1.
void open_missing_standard_streams();

/// Raises the limit of open descriptors to what the system allows, at most
/// 65536: every connection takes one, a stranger's too.
void raise_descriptor_limit();

} // namespace hlx::daemon
