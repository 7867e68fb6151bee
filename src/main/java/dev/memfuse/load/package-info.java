/// Workloads, arrival processes, the runner, results and their reports. Drives the engine's public API only.
@NullMarked
package dev.memfuse.load;

import org.jspecify.annotations.NullMarked;
