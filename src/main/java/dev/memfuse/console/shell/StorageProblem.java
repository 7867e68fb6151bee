package dev.memfuse.console.shell;

import java.time.Instant;
import java.util.Locale;

import dev.memfuse.config.section.Durability;
import dev.memfuse.console.fx.ErrorSurface.Banner;
import dev.memfuse.console.fx.ErrorSurface.Severity;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import org.jspecify.annotations.Nullable;

/// Problem of database or journal as a banner: problem, start and advice. FX thread only.
final class StorageProblem {
    private static final String DATABASE_ADVICE = "Start the database server or restore the network to it; an embedded "
            + "server restarts by itself. Pending data is stored then. Until then reads return buffered data only.";
    private static final String WRITE_ADVICE = "Free disk space or memory on the database server; its log has the "
            + "reason. Pending data is stored then. Reads go on.";
    private static final String JOURNAL_ADVICE = "Check the disk of the data folder (full, broken, read-only), then "
            + "start the program again. Acknowledged rounds are safe in the journal.";

    private @Nullable Instant degradedSince;
    private @Nullable Instant refusedSince;
    private @Nullable Instant poisonedSince;
    private @Nullable Banner banner;
    private String status = "";

    /// Reads a snapshot.
    void show(MetricsSnapshot snapshot) {
        JournalSample journal = snapshot.journal();
        degradedSince = since(degradedSince, journal.degraded(), snapshot.at());
        refusedSince = since(refusedSince, journal.writesRefused(), snapshot.at());
        poisonedSince = since(poisonedSince, journal.poisoned(), snapshot.at());
        if (poisonedSince != null) {
            banner = new Banner(String.format(Locale.ROOT,
                    "The journal has not been writable since %s. It acknowledges nothing until a restart.",
                    Formats.timeOfDay(poisonedSince)), JOURNAL_ADVICE, Severity.ERROR);
            status = "Journal failed";
        } else if (degradedSince != null) {
            banner = new Banner(
                    String.format(Locale.ROOT, "The database has been unreachable since %s; %s.",
                            Formats.timeOfDay(degradedSince), pending(journal, snapshot.buffers())),
                    DATABASE_ADVICE,
                    Severity.WARNING);
            status = "Database unreachable";
        } else if (refusedSince != null) {
            banner = new Banner(
                    String.format(Locale.ROOT, "The database has refused writes since %s; %s.",
                            Formats.timeOfDay(refusedSince), pending(journal, snapshot.buffers())),
                    WRITE_ADVICE, Severity.WARNING);
            status = "Database refuses writes";
        } else {
            banner = null;
            status = "";
        }
    }

    private static @Nullable Instant since(@Nullable Instant before, boolean now, Instant at) {
        return !now ? null : before == null ? at : before;
    }

    private static String pending(JournalSample journal, BufferSample buffers) {
        if (journal.rounds() > 0) {
            return String.format(Locale.ROOT, "%s acknowledged rounds (%s) are pending in the journal",
                    Formats.count(journal.rounds()), Formats.size(journal.bytes()));
        }
        long buffered = (long) buffers.round() + buffers.hybrid() + buffers.inFlight();
        return buffered == 0
                ? "no data is pending"
                : String.format(Locale.ROOT, "%s messages are pending in memory (%s)", Formats.count(buffered),
                        Durability.UNSAFE);
    }

    /// Returns the banner; null when there is no problem.
    @Nullable
    Banner banner() {
        return banner;
    }

    /// Returns a short text for the status bar; empty when there is no problem.
    String status() {
        return status;
    }
}
