/// Reports of load runs: JSON, a table for the terminal, an HTML page with charts, CSV files, and thresholds.
@NullMarked
package dev.memfuse.load.report;

import org.jspecify.annotations.NullMarked;
