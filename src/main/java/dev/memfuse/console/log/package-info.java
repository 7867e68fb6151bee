/// The Log page: the end of the log file, filtered and searched, and the part around a moment of a chart.
@NullMarked
package dev.memfuse.console.log;

import org.jspecify.annotations.NullMarked;
