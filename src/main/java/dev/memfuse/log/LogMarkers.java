package dev.memfuse.log;

import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/// Markers of log lines about failures that the window or the last line of a command also reports. The terminal omits
/// marked lines, so that it does not repeat that report.
public final class LogMarkers {
    /// The report is complete; only the file receives the line.
    public static final Marker REPORTED = MarkerFactory.getMarker("REPORTED");
    /// The report points to the stack trace in the file; without a file the terminal receives the line.
    public static final Marker UNEXPECTED = MarkerFactory.getMarker("UNEXPECTED");

    private LogMarkers() {}
}
