/// The composition root: the only place that constructs services, and the order of start and stop.
@NullMarked
package dev.memfuse.bootstrap;

import org.jspecify.annotations.NullMarked;
