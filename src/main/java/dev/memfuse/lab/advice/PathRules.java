package dev.memfuse.lab.advice;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.memfuse.config.section.EmbedAt;
import dev.memfuse.lab.trial.Guardrails;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.stats.Numbers;

/// Rules about the way of an operation through the engine.
final class PathRules {
    private static final double NANOS_PER_MS = 1e6;
    private static final double ROUND_TRIPS = 6;
    private static final double FIRST_ACCESS_MS = 100;
    private static final long FEWEST_ACCESSES = 3;
    private static final double EMBED_SHARE = 0.2;

    private PathRules() {}

    /// An operation asks the database many times (N+1).
    static Optional<Advice> separateStatements(Observation seen) {
        OptionalDouble statements = PoolRules.perOperation(seen, Work.STATEMENTS);
        OptionalDouble trips = PoolRules.perOperation(seen, Work.ROUND_TRIPS);
        if (statements.isEmpty() || trips.isEmpty() || trips.getAsDouble() < ROUND_TRIPS) {
            return Optional.empty();
        }
        boolean separate = !seen.config().queries().consolidated();
        double share = seen.stageShare(Stage.SQL);
        double saved = share * (1 - ROUND_TRIPS / 2 / trips.getAsDouble());
        return Optional.of(new Advice("statements_per_operation", Advice.score(30, 85, share),
                "An operation asks the database many times (N+1).",
                "Each statement costs a round trip: nothing on this machine, 0.5 to 2 ms each on a network. The rule "
                        + "asks for 6 round trips per operation; the consolidated form needs 2 or 3 (plan 2.1: "
                        + "50–200 ms of queries per request become 10–50 ms).",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "%s statements and %s round trips per operation, work after the acknowledgement included; "
                                + "SQL takes %.0f %% of the time of an operation",
                        Numbers.value(statements.getAsDouble()), Numbers.value(trips.getAsDouble()), share * 100),
                        seen.worst(snapshot -> snapshot.pool().waits()).at())),
                separate ? List.of(new Setting("queries.consolidated", "true")) : List.of(),
                separate
                        ? ""
                        : "The statements are consolidated already: look for the operation in "
                                + "pg_stat_statements.",
                separate ? seen.saves(saved, "fewer round trips within the time of SQL") : null));
    }

    /// Each user's first access builds a service with a model of its own.
    static Optional<Advice> serviceCache(Observation seen) {
        double accesses = seen.total(snapshot -> snapshot.operation(Operation.FIRST_ACCESS).throughput());
        RunMeasurement load = seen.load();
        long count = load == null ? Math.round(accesses) : load.result().firstAccess().count();
        double ms = load == null
                ? seen.worst(PathRules::firstAccess).operation(Operation.FIRST_ACCESS).p50() / NANOS_PER_MS
                : load.result().firstAccess().ms().p50();
        if (seen.config().services().cache() || count < FEWEST_ACCESSES || ms < FIRST_ACCESS_MS) {
            return Optional.empty();
        }
        double share = seen.stageShare(Stage.SERVICE) + seen.stageShare(Stage.MODEL);
        return Optional.of(new Advice("service_cache_off", Advice.score(50, 100, share),
                "The service cache is off: every user's first access builds a service of its own.",
                "The service parses the configuration and opens a model session of its own; with more users than "
                        + "sessions fit into memory they are opened again and again. The rule asks for 3 first "
                        + "accesses with a median above 100 ms (plan 1.3: 200–1000 ms become 20–100 ms).",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "%s first accesses took %s in the median; services and their models take %.0f %% of the time "
                                + "of the operations",
                        Numbers.count(count), Numbers.ms(ms), share * 100), seen.worst(PathRules::firstAccess).at())),
                List.of(new Setting("services.cache", "true")), "",
                seen.saves(share, "services are found instead of built")));
    }

    private static double firstAccess(MetricsSnapshot snapshot) {
        return snapshot.operation(Operation.FIRST_ACCESS).max();
    }

    /// A writer waits while its messages are embedded.
    static Optional<Advice> embeddingWhileWriting(Observation seen) {
        double share = seen.stageShare(Stage.EMBED);
        if (seen.config().buffer().bypassMode() || seen.config().buffer().hybridBuffer().embedding() != EmbedAt.TRANSFER
                || share < EMBED_SHARE || seen.total(snapshot -> snapshot.operation(Operation.ADD).throughput()) < 1) {
            return Optional.empty();
        }
        return Optional.of(new Advice("embedding_while_writing", Advice.score(30, 85, share),
                "Writers wait while their messages are embedded.",
                "With buffer.hybrid_buffer.embedding: transfer the writer that fills the round buffer embeds it. The "
                        + "rule asks for 20 % of the time of the operations (plan 1.2: part of the 100–500 ms per "
                        + "batch).",
                List.of(new Evidence(String.format(Locale.ROOT, "operations spent %.0f %% of their time, %s each, "
                        + "embedding",
                        share * 100, Numbers.ms(seen.stageMs(Stage.EMBED))),
                        seen.worst(snapshot -> snapshot.operation(Operation.ADD).p99()).at())),
                List.of(new Setting("buffer.hybrid_buffer.embedding", "extraction")), "",
                seen.saves(share, "the model runs in the background")));
    }

    /// Settings of ranking lose recall against their defaults.
    static Optional<Advice> recall(Observation seen) {
        RecallChange recall = seen.recall();
        if (recall == null || recall.defaults().isEmpty()
                || !recall.difference().fellBeyond(Guardrails.RECALL_POINTS)) {
            return Optional.empty();
        }
        double lost = -recall.difference().points() / 100;
        return Optional.of(new Advice("recall_lost", Advice.score(60, 100, lost * 4),
                "Settings of ranking lose recall.",
                "The same planted questions were asked under the settings in force and under the defaults of the "
                        + "settings that ranking depends on. The rule asks for a fall of more than 1 point whose "
                        + "whole 95 % interval is a fall.",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "Recall@10 is %.1f %%, and %.1f %% with the defaults: %.1f [%.1f, %.1f] points",
                        recall.now() * 100,
                        recall.byDefault() * 100, recall.difference().points(), recall.difference().low(),
                        recall.difference().high()), seen.end())),
                recall.defaults(), "",
                new Prediction(seen.mainMetric(), 1, "recall returns; the latency may rise a little")));
    }
}
