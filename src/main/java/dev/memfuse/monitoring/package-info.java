/// The metrics of the program in the formats of Prometheus and OpenMetrics (ADR 0048).
@NullMarked
package dev.memfuse.monitoring;

import org.jspecify.annotations.NullMarked;
