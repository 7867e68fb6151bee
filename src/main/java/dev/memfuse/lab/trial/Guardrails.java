package dev.memfuse.lab.trial;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.section.Durability;
import dev.memfuse.lab.paired.PointsEstimate;
import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;

/// Limits that end an experiment with a candidate before its planned end: errors, a tail latency of twice the
/// reference, an exhausted pool, and recall. Shared by trials of advice and by tuning.
///
/// @param reference arm that the candidate is held against
/// @param candidate arm that is tried
public record Guardrails(MemFuseConfig reference, MemFuseConfig candidate) {
    /// Rise of the share of failed operations that ends an experiment: 1 percentage point.
    public static final double ERROR_RISE = 0.01;
    /// Ratio of a tail latency that ends an experiment.
    public static final double SLOWER = 2;
    /// Largest fall of Recall@10 that does not matter, in percentage points.
    public static final double RECALL_POINTS = 1;
    private static final double HIGHEST = 99;
    private static final int PERCENT = 100;

    /// Returns the limit that the candidate broke as a sentence; empty when it kept all of them.
    ///
    /// The tail is p99, or the highest percentile below it that is reliable in both arms: one stall hits many
    /// operations at once, so that a few samples above a percentile say nothing. Adds of a candidate
    /// that acknowledges more safely than the reference are not held against it: they wait for more.
    public Optional<String> breach(ArmReading before, ArmReading now) {
        if (now.errorShare() > before.errorShare() + ERROR_RISE) {
            return Optional.of(String.format(Locale.ROOT,
                    "errors rose from %.1f %% to %.1f %% of the operations (limit: 1 point more)",
                    before.errorShare() * PERCENT, now.errorShare() * PERCENT));
        }
        if (now.poolTimeouts() > before.poolTimeouts()) {
            return Optional.of(String.format(Locale.ROOT, "the pool was exhausted: %s timed out",
                    Numbers.count(now.poolTimeouts(), "wait")));
        }
        return operations().stream()
                .flatMap(kind -> slower(kind, before.latencies(kind), now.latencies(kind)).stream()).findFirst();
    }

    private Set<OperationKind> operations() {
        return safety(candidate) > safety(reference)
                ? EnumSet.complementOf(EnumSet.of(OperationKind.ADD))
                : EnumSet.allOf(OperationKind.class);
    }

    private static Optional<String> slower(OperationKind kind, Histogram before, Histogram now) {
        OptionalDouble tail = Percentiles.highestReliable(Math.min(before.getTotalCount(), now.getTotalCount()));
        if (tail.isEmpty()) {
            return Optional.empty();
        }
        double percentile = Math.min(tail.getAsDouble(), HIGHEST);
        double ratio = Percentiles.ms(now, percentile) / Percentiles.ms(before, percentile);
        return ratio > SLOWER
                ? Optional.of(String.format(Locale.ROOT, "%s %s is %.1fx of the reference (limit: %.0fx)",
                        kind.label(), Percentiles.name(percentile), ratio, SLOWER))
                : Optional.empty();
    }

    /// Returns how safe an acknowledged message is: 0 in memory, also that of a server which acknowledges a commit
    /// before it is on the disk, 1 in the journal, 2 in the database.
    public static int safety(MemFuseConfig config) {
        if (config.postgres().server().getOrDefault("synchronous_commit", "on").equals("off")) {
            return 0;
        }
        if (config.buffer().bypassMode() || config.buffer().durability() == Durability.DATABASE) {
            return 2;
        }
        return config.buffer().durability() == Durability.JOURNAL ? 1 : 0;
    }

    /// Returns the fall of Recall@10 as a sentence when it is beyond [#RECALL_POINTS].
    ///
    /// @param before Recall@10 of the reference, 0..1
    /// @param now Recall@10 of the candidate, 0..1
    /// @param difference candidate minus reference
    public static Optional<String> recall(double before, double now, PointsEstimate difference) {
        return difference.fellBeyond(RECALL_POINTS)
                ? Optional.of(String.format(Locale.ROOT,
                        "Recall@10 fell from %.1f %% to %.1f %%: %.1f [%.1f, %.1f] points.", before * PERCENT,
                        now * PERCENT, difference.points(), difference.low(), difference.high()))
                : Optional.empty();
    }
}
