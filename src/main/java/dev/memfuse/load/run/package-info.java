/// Runs a load: arrivals, simulated users, operations, and the states of a run.
@NullMarked
package dev.memfuse.load.run;

import org.jspecify.annotations.NullMarked;
