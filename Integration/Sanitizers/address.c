// SPDX-License-Identifier: Apache-2.0

// Linked into every program by `make sanitize`, so that those which the tests start know it, too.
//
// It is for wrong use of memory. Leaks are not looked for: XCTest's runner, the making of RSA keys in swift-crypto, and what is
// kept for good in an enumeration's case are told of in every run.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; }
