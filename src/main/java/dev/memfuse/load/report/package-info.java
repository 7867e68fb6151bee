/// What a load measured, on paper: JSON, a table for the terminal, an HTML page with charts, CSV files, thresholds.
@NullMarked
package dev.memfuse.load.report;

import org.jspecify.annotations.NullMarked;
