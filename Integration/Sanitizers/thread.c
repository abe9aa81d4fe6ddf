// SPDX-License-Identifier: Apache-2.0

// Linked into every program by `make sanitize`, so that those which the tests start know it, too.
//
// Synchronization.Mutex waits in the standard library, which was not built for the sanitizer: a lock that had to be waited for
// is not seen, and what it guards is taken for shared. Ten lines with one Mutex show it. This names closures with a `sending`
// result, as `Mutex.withLock` takes one; the compiler has seen to it that what a Mutex guards cannot be reached otherwise.
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void) { return "race:YTXEfU\n"; }
