/// Samples and lines of charts, without nodes.
@NullMarked
package dev.memfuse.console.chart.data;

import org.jspecify.annotations.NullMarked;
