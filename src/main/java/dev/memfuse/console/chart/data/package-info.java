/// Samples and lines of charts, without JavaFX nodes.
@NullMarked
package dev.memfuse.console.chart.data;

import org.jspecify.annotations.NullMarked;
