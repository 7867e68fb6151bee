package dev.memfuse.console.live;

import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.section.BufferConfig.PerformanceConfig;
import dev.memfuse.config.section.Durability;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.stats.Numbers;

/// Durability of acknowledgements, journal backlog, extraction backlog, missing vectors and dead letters, as text. FX
/// thread only.
public final class LiveDurability {
    /// The figures, in the order of the page.
    public enum Item {
        ACKNOWLEDGED,
        BACKLOG,
        OLDEST,
        DRAIN,
        FORCE,
        DEAD_LETTERS,
        VECTORS,
        EXTRACTION,
        MAKERS
    }

    private static final double NANOS_PER_MS = 1e6;
    /// Flushes are due at their interval, and take time themselves.
    private static final double REST_FACTOR = 2;
    /// A longer time is a guess.
    private static final double MAX_FORESEEN_SECONDS = 1e6;

    private final LiveFigures<Item> figures = new LiveFigures<>(Item.class);
    private int pending;
    private LiveExtraction extraction = LiveExtraction.NONE;

    LiveDurability() {}

    /// Returns the figure with its unit.
    public ReadOnlyStringProperty text(Item item) {
        return figures.text(item);
    }

    /// Returns whether the figure needs attention.
    public ReadOnlyBooleanProperty alarm(Item item) {
        return figures.alarm(item);
    }

    /// Shows a snapshot.
    ///
    /// @param settings buffer settings in force; they determine the durability of acknowledgements
    void show(MetricsSnapshot snapshot, BufferConfig settings) {
        boolean unsafe = !settings.bypassMode() && settings.durability() == Durability.MEMORY;
        figures.set(Item.ACKNOWLEDGED, acknowledgedFrom(settings), unsafe);
        JournalSample journal = snapshot.journal();
        boolean backlog = journal.rounds() > 0;
        figures.set(Item.BACKLOG,
                backlog ? Formats.count(journal.rounds()) + " rounds, " + Formats.size(journal.bytes()) : "empty",
                journal.degraded() || journal.poisoned());
        figures.set(Item.OLDEST, backlog ? seconds(journal.oldestSeconds()) : Formats.NONE, false);
        boolean still = backlog && Double.isInfinite(journal.drainSeconds());
        boolean stalled = still && isStalled(journal, settings);
        figures.set(Item.DRAIN, !backlog
                ? Formats.NONE
                : stalled ? "stalled" : still ? "at rest in the buffers" : seconds(journal.drainSeconds()), stalled);
        figures.set(Item.FORCE, journal.forceP99() == 0 ? Formats.NONE : force(journal), false);
        figures.set(Item.DEAD_LETTERS, journal.deadLetters() == 0 ? "none" : Formats.count(journal.deadLetters()),
                journal.deadLetters() > 0);
        figures.set(Item.VECTORS, missingVectors(snapshot.buffers()), false);
        pending = snapshot.buffers().extraction();
        showExtraction();
    }

    /// Rounds rest in the buffers until those are full or are flushed; only longer than that is a problem.
    private static boolean isStalled(JournalSample journal, BufferConfig settings) {
        PerformanceConfig flush = settings.performance();
        Duration rest = flush.enableAutoFlush() ? flush.flushInterval() : flush.forceFlushTimeout();
        return journal.degraded() || journal.writesRefused() || journal.poisoned()
                || journal.oldestSeconds() > REST_FACTOR * rest.toMillis() / 1e3;
    }

    /// Shows the state of extraction.
    void extraction(LiveExtraction state) {
        extraction = state;
        showExtraction();
    }

    private void showExtraction() {
        StringJoiner text = new StringJoiner(", ");
        text.add(pending == 0 ? "none pending" : Formats.count(pending) + " pending");
        if (pending > 0 && extraction.oldestSeconds() > 0) {
            text.add("oldest " + seconds(extraction.oldestSeconds()));
        }
        if (pending > 0 && extraction.perSecond() > 0) {
            text.add(Numbers.rate(extraction.perSecond()) + "/s");
            text.add(seconds(pending / extraction.perSecond()) + " left");
        }
        if (extraction.failed() > 0) {
            text.add(Formats.count(extraction.failed()) + " failed");
        }
        figures.set(Item.EXTRACTION, text.toString(), extraction.failed() > 0);
        showMakers();
    }

    /// Shows who built the layers; without a language model only that it was rules.
    private void showMakers() {
        ExtractionStats.Counts counts = extraction.counts();
        long built = counts.total().built();
        if (built == 0) {
            figures.set(Item.MAKERS, Formats.NONE, false);
            return;
        }
        StringJoiner text = new StringJoiner(", ");
        text.add(Math.round(counts.modelShare() * 100) + " % by the model");
        if (counts.calls() > 0) {
            text.add(Formats.count(counts.promptTokens() + counts.answerTokens()) + " tokens");
            text.add(Numbers.value(extraction.centsPer1000Turns()) + " cents per 1,000 turns");
        }
        counts.reasons().entrySet().stream().max(Map.Entry.comparingByValue())
                .ifPresent(most -> text.add(Formats.count(most.getValue()) + " by rules: " + most.getKey()));
        figures.set(Item.MAKERS, text.toString(), counts.total().byFallback() > 0);
    }

    private static String missingVectors(BufferSample sample) {
        if (sample.vectors() == 0) {
            return "none missing";
        }
        double left = sample.vectors() / sample.vectorsPerSecond();
        return Formats.count(sample.vectors()) + " missing"
                + (Double.isFinite(left) && left < MAX_FORESEEN_SECONDS ? ", " + seconds(left) + " left" : "");
    }

    private static String acknowledgedFrom(BufferConfig settings) {
        if (settings.bypassMode()) {
            return "the commit";
        }
        return switch (settings.durability()) {
            case DATABASE -> "the commit";
            case JOURNAL -> "the journal";
            case MEMORY -> "memory (" + Durability.UNSAFE + ")";
        };
    }

    private static String seconds(double seconds) {
        return Formats.duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static String force(JournalSample journal) {
        double ms = journal.forceP99() / NANOS_PER_MS;
        return journal.forces() == 0 ? Numbers.ms(ms) : Numbers.percentile(journal.forces(), 99, ms) + " ms";
    }
}
