package dev.memfuse.fault;

import java.time.Duration;
import java.util.Locale;

/// A fault of the network between the connection pool and PostgreSQL.
///
/// @param kind the fault
/// @param delay time that each round trip takes longer; of [Kind#LATENCY] only, otherwise zero
/// @param bytesPerSecond bytes that pass per second in each direction; of [Kind#BANDWIDTH] only, otherwise 0
public record Fault(Kind kind, Duration delay, long bytesPerSecond) {

    /// Creates a fault of a kind without a size.
    public Fault(Kind kind) {
        this(kind, Duration.ZERO, 0);
    }

    /// The kinds of faults.
    public enum Kind {
        /// Round trips take longer.
        LATENCY,
        /// Fewer bytes pass per second.
        BANDWIDTH,
        /// All connections are reset at once; new ones work.
        RESET,
        /// Connections stay open and nothing passes. As with lost packets of TCP, bytes that were sent arrive after the
        /// end.
        BLACK_HOLE,
        /// Connections are reset, and new ones are refused.
        STOP;

        /// Returns the name in files: lower case with underscores.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Returns the fault in a few words.
    public String describe() {
        return switch (kind) {
            case LATENCY -> "round trips " + millis(delay) + " longer";
            case BANDWIDTH -> String.format(Locale.ROOT, "bandwidth %.1f KiB/s", bytesPerSecond / 1024.0);
            case RESET -> "connections reset";
            case BLACK_HOLE -> "black hole";
            case STOP -> "connections refused";
        };
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.4g ms", duration.toNanos() / 1e6);
    }
}
