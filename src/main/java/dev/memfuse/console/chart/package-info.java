/// Adapters that make ChartFX safe, cheap and themeable; the rest of the console sees only these.
@NullMarked
package dev.memfuse.console.chart;

import org.jspecify.annotations.NullMarked;
