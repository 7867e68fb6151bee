package dev.memfuse.lab.advice;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.section.Durability;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.stats.Numbers;

/// Rules about work behind the acknowledgement, and about the journal.
final class BacklogRules {
    private static final double NANOS_PER_MS = 1e6;
    private static final String WORKERS = "buffer.performance.max_flush_workers";
    private static final String SHARE = "embedding.background_share";
    private static final String TIMEOUT = "memory_service.timeout_per_layer";
    private static final double GROWTH = 1.5;
    private static final double FEWEST_MESSAGES = 100;
    private static final double QUEUED_SHARE = 0.5;
    private static final double FEWEST_VECTORS = 200;
    private static final double CATCH_UP_SECONDS = 60;
    private static final double NEAR_TIMEOUT = 0.8;
    private static final double FEWEST_FAILURES = 3;
    private static final double SLOW_FORCE_MS = 10;
    private static final double FORCE_SHARE = 0.2;

    private BacklogRules() {}

    /// Buffered messages grow faster than they are stored.
    static Optional<Advice> flush(Observation seen) {
        BufferConfig buffer = seen.config().buffer();
        double first = seen.meanOfThird(0, BacklogRules::buffered);
        double last = seen.meanOfThird(2, BacklogRules::buffered);
        boolean grows = last > GROWTH * first && last - first >= FEWEST_MESSAGES;
        boolean queues = seen.share(snapshot -> snapshot.buffers().queued() > 0) >= QUEUED_SHARE
                && seen.seconds(snapshot -> snapshot.buffers().queued() > 0) >= Observation.FEWEST_SECONDS;
        if (buffer.bypassMode() || !grows || !queues) {
            return Optional.empty();
        }
        MetricsSnapshot worst = seen.worst(BacklogRules::buffered);
        int workers = buffer.performance().maxFlushWorkers();
        int wanted = (int) Math.min(2L * workers, ConfigSchema.require(WORKERS).range().max());
        return Optional.of(new Advice("flush_backlog", Advice.score(50, 90, 1 - first / last),
                "Buffered messages grow faster than they are stored.",
                "What is acknowledged from memory or the journal must reach the database; a backlog that grows ends "
                        + "with writers that wait. The rule asks for flushes in the queue in half of the samples and "
                        + "a backlog that grows by half, and by 100 messages, from the first to the last third.",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "%s messages were buffered in the first third on average, %s in the last; %s flushes waited "
                                + "for %s",
                        Numbers.value(first), Numbers.value(last), Numbers.count(worst.buffers().queued()),
                        Numbers.count(workers, "worker")), worst.at())),
                wanted > workers ? List.of(Setting.of(WORKERS, wanted)) : List.of(),
                wanted > workers ? "" : "The database stores no faster: see the advice about it, or lower the load.",
                wanted > workers ? new Prediction("storing", 0.5, "twice the flushes at the same time") : null));
    }

    private static double buffered(MetricsSnapshot snapshot) {
        MetricsSnapshot.BufferSample buffers = snapshot.buffers();
        return (double) buffers.round() + buffers.hybrid() + buffers.inFlight();
    }

    /// Messages without a vector grow faster than they are embedded.
    static Optional<Advice> embedding(Observation seen) {
        double first = seen.meanOfThird(0, snapshot -> snapshot.buffers().vectors());
        double last = seen.meanOfThird(2, snapshot -> snapshot.buffers().vectors());
        double waiting = seen.snapshots().getLast().buffers().vectors();
        double perSecond = seen.meanOfThird(2, snapshot -> snapshot.buffers().vectorsPerSecond());
        double seconds = perSecond <= 0 ? Double.POSITIVE_INFINITY : waiting / perSecond;
        if (waiting < FEWEST_VECTORS || last <= first || seconds < CATCH_UP_SECONDS) {
            return Optional.empty();
        }
        double share = seen.config().embedding().backgroundShare();
        List<Setting> change = share < 1
                ? List.of(Setting.of(SHARE, Math.min(1, Math.max(0.5, 2 * share))))
                : List.of();
        MetricsSnapshot worst = seen.worst(snapshot -> snapshot.buffers().vectors());
        return Optional.of(new Advice("embedding_backlog", Advice.score(30, 70, 1 - CATCH_UP_SECONDS / seconds),
                "Stored messages wait for their vectors.",
                "Until then a message is found by its words only, and a query of its user embeds what is missing, so "
                        + "that the first queries are slow. The rule asks for 200 messages, more at the end than at "
                        + "the begin, and more than a minute to catch up.",
                List.of(new Evidence(String.format(Locale.ROOT, "%s messages without a vector at the end, %s per "
                        + "second receive one%s", Numbers.count(Math.round(waiting)), Numbers.value(perSecond),
                        Double.isFinite(seconds) ? ": " + Numbers.seconds(seconds) + " to catch up" : ""), worst.at())),
                change, change.isEmpty()
                        ? "Give the machine more processors, or the embedding more threads "
                                + "(embedding.threads)."
                        : "",
                change.isEmpty()
                        ? null
                        : new Prediction(seen.mainMetric(), 1, "fewer messages wait; this takes "
                                + "processor time")));
    }

    /// Layers fail at their time limit.
    static Optional<Advice> layerTimeouts(Observation seen) {
        Duration limit = seen.config().memoryService().timeoutPerLayer();
        double failures = seen.total(snapshot -> snapshot.operation(Operation.EXTRACT).errors());
        long near = seen
                .seconds(snapshot -> snapshot.operation(Operation.EXTRACT).max() >= NEAR_TIMEOUT * limit.toNanos());
        if (failures < FEWEST_FAILURES || near == 0) {
            return Optional.empty();
        }
        double wanted = Math.min(2 * limit.toNanos() / 1e9, ConfigSchema.require(TIMEOUT).range().max());
        MetricsSnapshot worst = seen.worst(snapshot -> snapshot.operation(Operation.EXTRACT).max());
        boolean longer = wanted > limit.toNanos() / 1e9;
        return Optional.of(new Advice("layer_timeouts", Advice.score(60, 90, failures / 50),
                "Memory layers fail at their time limit.",
                "A layer that runs into memory_service.timeout_per_layer is tried again and costs its time twice; "
                        + "after its last retry the round stays without episodes or facts. The rule asks for 3 "
                        + "failed attempts, some of them at 80 % of the limit or above.",
                List.of(new Evidence(String.format(Locale.ROOT, "%s attempts failed; the longest took %s, the limit "
                        + "is %s",
                        Numbers.count(Math.round(failures)),
                        Numbers.ms(worst.operation(Operation.EXTRACT).max() / NANOS_PER_MS),
                        Numbers.seconds(limit.toNanos() / 1e9)), worst.at())),
                longer ? List.of(new Setting(TIMEOUT, Numbers.plain(wanted))) : List.of(),
                longer ? "" : "Use a faster language model, or fewer layers.",
                longer ? new Prediction(seen.mainMetric(), 1, "layers end instead of being repeated") : null));
    }

    /// A force of the journal to disk is slow.
    static Optional<Advice> journal(Observation seen) {
        BufferConfig buffer = seen.config().buffer();
        boolean journaled = !buffer.bypassMode() && buffer.durability() == Durability.JOURNAL;
        double share = seen.share(BacklogRules::slowForce);
        if (!journaled || share < FORCE_SHARE
                || seen.seconds(BacklogRules::slowForce) < Observation.FEWEST_SECONDS) {
            return Optional.empty();
        }
        MetricsSnapshot worst = seen.worst(snapshot -> snapshot.journal().forceP99());
        double stage = seen.stageShare(Stage.JOURNAL);
        return Optional.of(new Advice("journal_force_slow", Advice.score(30, 90, stage),
                "The disk of the journal is slow.",
                "Every acknowledgement waits until its round is forced to the disk. The rule asks for a p99 above 10 "
                        + "ms in a fifth of the samples: a local SSD takes about 1 ms, a network disk or a busy one "
                        + "10 ms and more.",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "p99 of a force was %s in its worst second (%s forces); the journal takes %.0f %% of the "
                                + "time of the operations",
                        Numbers.ms(worst.journal().forceP99() / NANOS_PER_MS), Numbers.count(worst.journal().forces()),
                        stage * 100), worst.at())),
                List.of(), "Put the data folder (--data-dir) on a faster local disk.", null));
    }

    private static boolean slowForce(MetricsSnapshot snapshot) {
        return snapshot.journal().forces() > 0 && snapshot.journal().forceP99() / NANOS_PER_MS > SLOW_FORCE_MS;
    }
}
