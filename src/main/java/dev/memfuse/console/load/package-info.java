/// The Load page: load form, running load, its result, and earlier runs.
@NullMarked
package dev.memfuse.console.load;

import org.jspecify.annotations.NullMarked;
