package dev.memfuse.load;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The result of a load run. Serialized as the result JSON, with component names in snake_case.
///
/// @param formatVersion 2
/// @param verdict whether the run can be used, and why not
/// @param startedAt start of the measured part
/// @param seconds planned duration of the measured part, or the time until it was stopped; all rates refer to it
/// @param drainSeconds time from the end of the measured part until its last operation ended
/// @param operations by name: add, query, list
/// @param thresholds the checked thresholds of the workload; a missed one makes the run fail
/// @param acknowledged number of adds by the durability of their acknowledgement: committed, journaled, memory
/// @param storage acknowledged and stored messages of the whole run
/// @param stagesMs mean milliseconds per operation in each stage
/// @param pool connections in the measured part
/// @param firstAccess first accesses of users from the start of the run, its preparation and warm-up included
/// @param arrival arrivals in the measured part
/// @param start size of the database when the run began
/// @param config the configuration at the end, as a tree of YAML keys
/// @param changes changes of settings and of the load during the run, one line each
/// @param environment machine, JVM, database, versions
/// @param warnings sentences about limits of the validity of these figures
/// @param faults faults of the network during the run, and the recovery from each
/// @param costPerOperation what an operation cost beside its time, by [CostFigure#column]; without the figures that are
///        not known. Warm-up and storing are included, as in [RunCost]
/// @param extraction layers that were built since the run began; null when there was no extraction
/// @param generator process of the load generator; null when it shared that of the engine
public record LoadResult(int formatVersion, Verdict verdict, Instant startedAt, double seconds, double drainSeconds,
        Map<String, OperationResult> operations, List<Threshold.Outcome> thresholds, Map<String, Long> acknowledged,
        StorageResult storage, Map<String, Double> stagesMs, PoolResult pool, FirstAccessResult firstAccess,
        ArrivalResult arrival, StartSize start, Map<String, Object> config, List<String> changes,
        Map<String, String> environment, List<String> warnings, List<FaultResult> faults,
        Map<String, Double> costPerOperation, @Nullable ExtractionResult extraction,
        @Nullable GeneratorResult generator) {

    /// Recordings of earlier versions have no cost.
    @SuppressWarnings({"ConstantValue", "RedundantNullCheck"})
    public LoadResult {
        costPerOperation = costPerOperation == null ? Map.of() : costPerOperation;
    }

    /// Creates the result of a run without extraction.
    public LoadResult(int formatVersion, Verdict verdict, Instant startedAt, double seconds, double drainSeconds,
            Map<String, OperationResult> operations, List<Threshold.Outcome> thresholds,
            Map<String, Long> acknowledged, StorageResult storage, Map<String, Double> stagesMs, PoolResult pool,
            FirstAccessResult firstAccess, ArrivalResult arrival, StartSize start, Map<String, Object> config,
            List<String> changes, Map<String, String> environment, List<String> warnings, List<FaultResult> faults,
            Map<String, Double> costPerOperation) {
        this(formatVersion, verdict, startedAt, seconds, drainSeconds, operations, thresholds, acknowledged, storage,
                stagesMs, pool, firstAccess, arrival, start, config, changes, environment, warnings, faults,
                costPerOperation, null, null);
    }

    /// Creates the result of a run without faults and costs.
    public LoadResult(int formatVersion, Verdict verdict, Instant startedAt, double seconds, double drainSeconds,
            Map<String, OperationResult> operations, List<Threshold.Outcome> thresholds,
            Map<String, Long> acknowledged, StorageResult storage, Map<String, Double> stagesMs, PoolResult pool,
            FirstAccessResult firstAccess, ArrivalResult arrival, StartSize start, Map<String, Object> config,
            List<String> changes,
            Map<String, String> environment, List<String> warnings) {
        this(formatVersion, verdict, startedAt, seconds, drainSeconds, operations, thresholds, acknowledged, storage,
                stagesMs, pool, firstAccess, arrival, start, config, changes, environment, warnings, List.of(),
                Map.of());
    }

    /// A load generator in a process of its own. Latency and service time of the run contain the channel between the
    /// processes; what an operation cost does not contain the generator.
    ///
    /// @param pid process id
    /// @param heapLimitMib maximum size of its heap
    /// @param operations number of operations of `channelMs`
    /// @param channelMs cost of the channel: service time minus the time of the engine's call, in milliseconds
    /// @param processorMs processor time of the generator in the measured part, in milliseconds
    /// @param gcMs milliseconds of pauses of its collector in the measured part
    /// @param longestPauseMs longest pause of its process in the measured part, in milliseconds
    public record GeneratorResult(long pid, long heapLimitMib, long operations, Percentiles channelMs,
            double processorMs, long gcMs, double longestPauseMs) {}

    /// Extraction of M1 and M2, of all users of the engine, until the last operation ended. A round counts once for
    /// each layer.
    ///
    /// @param byModel rounds that the language model built
    /// @param byRules rounds that rules built, without a language model
    /// @param byFallback rounds that rules built in place of the language model
    /// @param failed rounds that failed for good
    /// @param postponed times that a round was left in the work list because of the limits per minute
    /// @param backlog rounds that waited at the end
    /// @param factsAfterMs time from the add of a round until its facts can be found, in milliseconds
    /// @param rounds number of rounds of `factsAfterMs`
    /// @param calls answered calls of the language model
    /// @param promptTokens tokens of their prompts
    /// @param answerTokens tokens of their answers
    /// @param centsPer1000Turns cost for 1,000 turns, in cents; null without a turn
    /// @param reasons rounds that rules built in place of the model, by reason
    public record ExtractionResult(long byModel, long byRules, long byFallback, long failed, long postponed,
            long backlog, Percentiles factsAfterMs, long rounds, long calls, long promptTokens, long answerTokens,
            @Nullable Double centsPer1000Turns, Map<String, Long> reasons) {

        /// Returns the result of counts; null when there was no extraction.
        ///
        /// @param facts times until facts can be found, in nanoseconds
        public static @Nullable ExtractionResult of(ExtractionStats.Counts counts, Histogram facts, long backlog,
                LlmConfig llm) {
            ExtractionStats.LayerCounts total = counts.total();
            if (total.built() + total.failed() + counts.calls() + counts.postponed() + backlog == 0) {
                return null;
            }
            double cents = counts.centsPer1000Turns(llm.promptPrice(), llm.answerPrice());
            return new ExtractionResult(total.byModel(), total.byRules(), total.byFallback(), total.failed(),
                    counts.postponed(), backlog, Percentiles.of(facts), facts.getTotalCount(), counts.calls(),
                    counts.promptTokens(), counts.answerTokens(), Double.isNaN(cents) ? null : (Double) cents,
                    counts.reasons());
        }
    }

    /// A fault of the network.
    ///
    /// @param fault the fault in a few words
    /// @param atSeconds its begin after the start of the measured part; negative in the warm-up
    /// @param lengthSeconds time until its end; null when it lasted to the end of the run
    /// @param goodAfterSeconds time from its end to the begin of the first good second; null when there was none
    /// @param drainedAfterSeconds time from its end until the backlog was as small as before; null when it was not
    public record FaultResult(String fault, double atSeconds, @Nullable Double lengthSeconds,
            @Nullable Double goodAfterSeconds, @Nullable Double drainedAfterSeconds) {}

    /// The figures of one operation. Of the operations that were due and not dropped, each is in one of `count`,
    /// `errors` and `unfinished`.
    ///
    /// @param count successful operations
    /// @param errors failed operations; not included in the percentiles
    /// @param unfinished operations that had not ended when the drain ended; included in the percentiles with the time
    ///        that they had taken
    /// @param late operations of `count` that ended after the measured part
    /// @param throughputPerS successful operations that ended in the measured part, per second
    /// @param latencyMs from the scheduled start (open) or the start (closed) to the end
    /// @param serviceMs from the actual start to the end
    /// @param atLeastFromMs latency from which on a percentile is a lower bound, because operations did not end; null
    ///        when every operation ended
    public record OperationResult(long count, long errors, long unfinished, long late, double throughputPerS,
            Percentiles latencyMs, Percentiles serviceMs, @Nullable Double atLeastFromMs) {

        /// Creates the figures of an operation that always ended in time.
        public OperationResult(long count, long errors, double throughputPerS, Percentiles latencyMs,
                Percentiles serviceMs) {
            this(count, errors, 0, 0, throughputPerS, latencyMs, serviceMs, null);
        }

        /// Returns the number of samples of the percentiles.
        public long samples() {
            return count + unfinished;
        }

        /// Returns whether a percentile of the latency is a lower bound: the true value is at least this.
        public boolean lowerBound(double ms) {
            return atLeastFromMs != null && ms >= atLeastFromMs;
        }
    }

    /// The messages that the run added, warm-up and preparation included, after the buffers were flushed.
    ///
    /// @param acknowledged acknowledged messages
    /// @param unsaved messages of these that are not in the database
    /// @param refusedRounds rounds that the database refused for their content
    /// @param databaseAway whether the database could not be reached at the end
    public record StorageResult(long acknowledged, long unsaved, int refusedRounds, boolean databaseAway) {
        /// The result of a run without messages.
        public static final StorageResult NONE = new StorageResult(0, 0, 0, false);
    }

    /// Size of the database before the run made its users.
    ///
    /// @param users number of users
    /// @param messages number of messages; an estimate of PostgreSQL in a large database
    /// @param bytes size of the database with its indexes
    public record StartSize(long users, long messages, long bytes) {
        /// The size is not known, since the database was away.
        public static final StartSize UNKNOWN = new StartSize(-1, -1, -1);
    }

    /// The connection pool.
    ///
    /// @param acquireMs wait for a connection, in milliseconds
    /// @param activeMax connections in use, maximum of the samples
    /// @param activeMean connections in use, mean of the samples
    /// @param waitingMax threads that wait for a connection, maximum of the samples
    /// @param limit maximum size of the pool at the end
    /// @param timeouts waits that timed out
    /// @param waits number of waits, the samples of `acquireMs`
    public record PoolResult(Percentiles acquireMs, int activeMax, double activeMean, int waitingMax, int limit,
            long timeouts, long waits) {}

    /// The first accesses to the services of users.
    ///
    /// @param count services that were built; with `services.cache: false` two first calls may build one each
    /// @param ms time until the service could be called, in milliseconds
    public record FirstAccessResult(long count, Percentiles ms) {
        /// The result of a run without a first access.
        public static final FirstAccessResult NONE = new FirstAccessResult(0, Percentiles.NONE);

        /// Creates the result of a histogram of nanoseconds.
        public static FirstAccessResult of(Histogram nanos) {
            return new FirstAccessResult(nanos.getTotalCount(), Percentiles.of(nanos));
        }
    }

    /// The arrivals of operations. A closed run has no schedule: each of its operations is due when it starts.
    ///
    /// @param model `closed` or `open`
    /// @param target concurrency of a closed run, operations per second of an open one, at the end
    /// @param scheduled operations that were due
    /// @param started operations that started
    /// @param dropped operations that were due and not started because of the limit of operations in flight
    /// @param achieved share of the due operations that succeeded in time, 0..1
    /// @param lagMs actual minus scheduled start, in milliseconds
    public record ArrivalResult(String model, double target, long scheduled, long started, long dropped,
            double achieved, Percentiles lagMs) {

        /// Returns whether operations arrived on a schedule.
        public boolean open() {
            return model.equals("open");
        }
    }

    /// Returns the reasons of the missed thresholds.
    public List<Verdict.Reason> missedThresholds() {
        return thresholds.stream().filter(outcome -> !outcome.kept()).map(Threshold.Outcome::reason).toList();
    }

    /// Returns the successful operations of all kinds.
    public long succeeded() {
        return operations.values().stream().mapToLong(OperationResult::count).sum();
    }

    /// Returns the failed operations of all kinds.
    public long errors() {
        return operations.values().stream().mapToLong(OperationResult::errors).sum();
    }

    /// Returns the unfinished operations of all kinds.
    public long unfinished() {
        return operations.values().stream().mapToLong(OperationResult::unfinished).sum();
    }

    /// Returns the operations of all kinds that ended after the measured part.
    public long late() {
        return operations.values().stream().mapToLong(OperationResult::late).sum();
    }

    /// Returns the throughput of all kinds.
    public double throughputPerS() {
        return operations.values().stream().mapToDouble(OperationResult::throughputPerS).sum();
    }

    /// Returns the same result with other outcomes of thresholds.
    public LoadResult withThresholds(List<Threshold.Outcome> outcomes) {
        return new LoadResult(formatVersion, verdict, startedAt, seconds, drainSeconds, operations, outcomes,
                acknowledged, storage, stagesMs, pool, firstAccess, arrival, start, config, changes, environment,
                warnings, faults, costPerOperation, extraction, generator);
    }

    /// Returns the same result with another verdict and other warnings.
    public LoadResult with(Verdict other, List<String> sentences) {
        return new LoadResult(formatVersion, other, startedAt, seconds, drainSeconds, operations, thresholds,
                acknowledged, storage, stagesMs, pool, firstAccess, arrival, start, config, changes, environment,
                sentences, faults, costPerOperation, extraction, generator);
    }
}
