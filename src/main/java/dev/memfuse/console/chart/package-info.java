/// Charts over time, based on ChartFX. The rest of the console does not use ChartFX directly.
@NullMarked
package dev.memfuse.console.chart;

import org.jspecify.annotations.NullMarked;
