package dev.memfuse.progress;

/// The progress of long work at one moment. Work reports it to a `Consumer<Progress>` on the thread that works; the
/// receiver computes rate and remaining time.
///
/// Consecutive phases with the same `total` and a `done` that does not fall measure the same work: the receiver
/// computes one remaining time for all of them.
///
/// @param phase the current activity in a few words, for the user
/// @param done completed amount in `unit`, 0 or more; may exceed `total` when the total is an estimate
/// @param total amount of the whole work in `unit`, or 0 when unknown
/// @param unit the unit of `done` and `total`
/// @param detail further figures for the user, or an empty text
public record Progress(String phase, long done, long total, Unit unit, String detail) {
    private static final long SHARE_STEPS = 1000;

    /// Units of work.
    public enum Unit {
        /// Items such as records or messages.
        COUNT,
        /// Elapsed time in milliseconds.
        MILLISECONDS,
        /// A unit of which only the share of the total is meaningful, for instance the bytes of a file.
        SHARE
    }

    /// Returns the progress of a phase without figures.
    public static Progress of(String phase) {
        return new Progress(phase, 0, 0, Unit.SHARE, "");
    }

    /// Returns the progress of a phase in which items are counted.
    ///
    /// @param done completed items
    /// @param total all items, or 0 when unknown
    public static Progress of(String phase, long done, long total) {
        return new Progress(phase, done, total, Unit.COUNT, "");
    }

    /// Returns the progress of a phase as a share.
    ///
    /// @param share completed share, 0..1, or negative when unknown
    public static Progress ofShare(String phase, double share) {
        return share < 0
                ? of(phase)
                : new Progress(phase, Math.round(share * SHARE_STEPS), SHARE_STEPS, Unit.SHARE, "");
    }

    /// Returns the completed share of the total, 0..1, or -1 when the total is unknown.
    public double share() {
        return total <= 0 ? -1 : Math.min(1, (double) done / total);
    }
}
