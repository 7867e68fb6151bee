/// The promises of the performance plan, measured: its benchmark script and its load test with 10 users, on the legacy
/// form and on each phase in turn.
@NullMarked
package dev.memfuse.lab.scorecard;

import org.jspecify.annotations.NullMarked;
