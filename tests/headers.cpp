// SPDX-License-Identifier: BSD-3-Clause
// Empty: CMake makes a precompiled header only for a target that uses it.
