/// Alerts: rules that compare snapshots with limits, and the alerts that they raise and end.
@NullMarked
package dev.memfuse.metrics.alert;

import org.jspecify.annotations.NullMarked;
