package dev.memfuse.log;

import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/// Markers of log lines about failures that the user is told in another place: in the window, or in the last line of a
/// command. They keep the terminal from telling the same twice.
public final class LogMarkers {
    /// The sentence elsewhere says all that the user needs. The line is for the file alone.
    public static final Marker REPORTED = MarkerFactory.getMarker("REPORTED");
    /// The sentence elsewhere points to the stack trace. The line is for the file; without a file it is for the
    /// terminal.
    public static final Marker UNEXPECTED = MarkerFactory.getMarker("UNEXPECTED");

    private LogMarkers() {}
}
