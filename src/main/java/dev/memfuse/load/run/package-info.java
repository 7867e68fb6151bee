/// Runs loads: arrivals, simulated users, operations, and the state of a run.
@NullMarked
package dev.memfuse.load.run;

import org.jspecify.annotations.NullMarked;
