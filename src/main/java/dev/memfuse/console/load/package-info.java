/// The Load page: the workload form, the running load, its result, and earlier runs.
@NullMarked
package dev.memfuse.console.load;

import org.jspecify.annotations.NullMarked;
