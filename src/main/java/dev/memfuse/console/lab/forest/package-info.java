/// Ratios of two arms with their intervals: the rows, the axis and the table of a forest plot.
@NullMarked
package dev.memfuse.console.lab.forest;

import org.jspecify.annotations.NullMarked;
