/// The benchmarks: each measures the running engine beside its floor, in one run and in turn. They see the engine as its
/// callers do, and the database by the bare statements that the store lends for comparison; they know no window.
@NullMarked
package dev.memfuse.bench;

import org.jspecify.annotations.NullMarked;
