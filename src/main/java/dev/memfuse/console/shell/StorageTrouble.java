package dev.memfuse.console.shell;

import java.time.Instant;

import dev.memfuse.config.section.Durability;
import dev.memfuse.console.fx.ErrorSurface.Banner;
import dev.memfuse.console.fx.ErrorSurface.Weight;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import org.jspecify.annotations.Nullable;

/// What is wrong with database and journal, since when, and what to do, in sentences. Used on the FX thread.
final class StorageTrouble {
    private static final String OUT_OF_REACH = "What waits is stored when the database is back: an embedded one is started again "
            + "by itself; start an external one, or repair the way to it. Until then reads show only what is buffered.";

    private @Nullable Instant degradedSince;
    private @Nullable Instant poisonedSince;
    private @Nullable Banner banner;
    private String status = "";

    /// Looks at a snapshot.
    void show(MetricsSnapshot snapshot) {
        JournalSample journal = snapshot.journal();
        degradedSince = since(degradedSince, journal.degraded(), snapshot.at());
        poisonedSince = since(poisonedSince, journal.poisoned(), snapshot.at());
        if (poisonedSince != null) {
            banner = new Banner(
                    "The journal cannot be written since %s: nothing is acknowledged from it until a restart."
                            .formatted(Formats.timeOfDay(poisonedSince)),
                    "Look at the disk of the data folder (full, broken, read-only), then start the program again. What was "
                            + "acknowledged is safe in the journal.",
                    Weight.ERROR);
            status = "Journal failed";
        } else if (degradedSince != null) {
            banner = new Banner("The database cannot be reached since %s; %s.".formatted(
                    Formats.timeOfDay(degradedSince), waiting(journal, snapshot.buffers())), OUT_OF_REACH,
                    Weight.WARNING);
            status = "Database out of reach, " + Formats.count(journal.rounds()) + " wait";
        } else {
            banner = null;
            status = "";
        }
    }

    private static @Nullable Instant since(@Nullable Instant before, boolean now, Instant at) {
        return !now ? null : before == null ? at : before;
    }

    private static String waiting(JournalSample journal, BufferSample buffers) {
        if (journal.rounds() > 0) {
            return "%s journaled rounds (%s) are acknowledged and wait for it"
                    .formatted(Formats.count(journal.rounds()), Formats.size(journal.bytes()));
        }
        long buffered = (long) buffers.round() + buffers.hybrid() + buffers.inFlight();
        return buffered == 0
                ? "nothing waits for it"
                : "%s messages wait for it in memory (%s)".formatted(Formats.count(buffered), Durability.UNSAFE);
    }

    /// The sentences for the banner; null when nothing is wrong.
    @Nullable
    Banner banner() {
        return banner;
    }

    /// A few words for the status bar; empty when nothing is wrong.
    String status() {
        return status;
    }
}
