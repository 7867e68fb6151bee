package dev.memfuse.load.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.memfuse.load.CostFigure;
import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.GeneratorResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadResult.StartSize;
import dev.memfuse.load.LoadResult.StorageResult;
import dev.memfuse.load.RunCost;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Verdict.Cause;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.GeneratorPlace;
import dev.memfuse.load.generator.Generator.CorpusSize;
import dev.memfuse.load.measure.ConfigTree;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.measure.Recovery;
import dev.memfuse.load.measure.ResultBuilder;
import dev.memfuse.load.measure.ResultWarnings;
import dev.memfuse.load.measure.VerdictRules;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// Assembles the outcome of a run from its state and its readings, once, after the last operation ended.
record OutcomeAssembler(RunState state, RunContext context, MeasuredSpan span, ResultWarnings warnings,
        RunReadings readings, CorpusSize corpus, StartSize start) {
    private static final int FORMAT_VERSION = 2;
    private static final int REPORTED_FAILURES = 3;

    LoadOutcome assemble(StorageResult storage, RunCost cost) {
        Measurements measurements = state.measurements();
        ResultBuilder builder = new ResultBuilder(state.kinds(), measurements, span.seconds());
        Map<String, OperationResult> operations = builder.operations();
        ArrivalResult arrival = builder.arrival(state.workload().arrival() instanceof Workload.Arrival.Open,
                state.load(), readings.usualMs());
        double drainSeconds = measurements.drainNanos() / 1e9;
        Percentiles latency = builder.allLatencies();
        List<EventMark> marks = context.hub().marks().stream()
                .filter(mark -> !mark.at().isBefore(state.startedAt())).toList();
        LoadResult unjudged = new LoadResult(FORMAT_VERSION, Verdict.GOOD, span.startedAt(), span.seconds(),
                drainSeconds, operations, thresholds(operations), builder.acknowledged(), storage, builder.stagesMs(),
                readings.pool(), readings.firstAccess(), arrival, start, ConfigTree.of(readings.config()),
                readings.changes(), environment(), List.of(),
                new Recovery(readings.points(), readings.backlog(), span.startedAt()).of(marks), CostFigure.all(cost),
                readings.extraction(), readings.ownGenerator());
        addWarnings(unjudged, latency);
        LoadResult result = unjudged.with(verdict(unjudged, latency), warnings.sentences());
        LoadRecording recording = new LoadRecording(readings.points(), builder.spectrum(),
                builder.stagesMsByOperation(), marks);
        return new LoadOutcome(new RunMeasurement(state.workload(), result, recording, builder.latencies(),
                builder.services(), builder.lag(), cost));
    }

    private List<Threshold.Outcome> thresholds(Map<String, OperationResult> operations) {
        return state.workload().thresholds().stream().map(threshold -> threshold.check(operations)).toList();
    }

    private Verdict verdict(LoadResult result, Percentiles latency) {
        VerdictRules.Counts counts = new VerdictRules.Counts(result.succeeded(), result.errors(), result.unfinished(),
                latency, state.workload().duration().toNanos() / 1e9, span.seconds(), state.stopped());
        Verdict verdict = new VerdictRules(readings.config().load())
                .verdict(counts, result.arrival(), result.storage(), context.drainLimit().toSeconds())
                .with(result.missedThresholds())
                .with(result.arrival().open() && !state.stopped()
                        ? readings.health(span.seconds()).reasons()
                        : List.of());
        // What is missing in the figures then says nothing about the engine.
        return readings.lost().map(sentence -> verdict
                .without(Set.of(Cause.NO_OPERATION, Cause.ACHIEVED, Cause.LAG, Cause.GENERATOR, Cause.THRESHOLD))
                .with(List.of(lost(sentence)))).orElse(verdict);
    }

    private Verdict.Reason lost(String sentence) {
        return new Verdict.Reason(Cause.GENERATOR_LOST, span.seconds(), span.plannedSeconds(),
                String.format(Locale.ROOT, "Void: %s The figures are what it had reported by then, after %.1f s of "
                        + "%.1f s.", sentence, span.seconds(), span.plannedSeconds()));
    }

    private void addWarnings(LoadResult result, Percentiles latency) {
        state.measurements().failures().mostFrequent(REPORTED_FAILURES).forEach(warnings::add);
        warnings.checkAcknowledgements(result.acknowledged());
        if (result.storage().unsaved() <= readings.config().load().limits().unsavedMessages()
                || readings.config().load().databaseAway()) {
            warnings.checkStorage(result.storage());
        }
        warnings.checkDropped(result.arrival());
        warnings.checkDrain(result.late(), result.drainSeconds());
        warnings.checkSteadyState(readings.points(), result.arrival().open());
        warnings.checkHiccups(readings.longestHiccupMs(), latency);
        readings.health(span.seconds()).warnings().forEach(warnings::add);
        warnings.checkSamples(result.operations());
        if (!result.arrival().open()) {
            warnings.add("Closed model: latency is service time at this concurrency and is not comparable with an "
                    + "open run's: during a stall nothing new starts, so it counts once for each caller.");
        } else {
            warnings.add("Latency counts from the scheduled start, service time from the actual one; the difference is "
                    + "the lag of the start, which callers wait for as well.");
        }
        warnings.add(generatorNote(result));
    }

    private String generatorNote(LoadResult result) {
        if (!context.system().inThisProcess()) {
            return "The engine is behind a server: latency is that of whole requests, and pool, stages and cost of the "
                    + "server are not known here.";
        }
        if (state.workload().generator() == GeneratorPlace.SHARED) {
            return "Load generator and engine share one process, its processors and its collector.";
        }
        GeneratorResult own = result.generator();
        return own == null
                ? "The load generator had a process of its own, whose figures are lost."
                : String.format(Locale.ROOT,
                        "The load generator had a process of its own: latency and service time contain the channel "
                                + "to it, p50 %s ms and p99 %s ms; the two share the processors of the machine.",
                        Numbers.percentile(own.operations(), 50, own.channelMs().p50()),
                        Numbers.percentile(own.operations(), 99, own.channelMs().p99()));
    }

    private Map<String, String> environment() {
        Map<String, String> properties = new LinkedHashMap<>(EnvironmentInfo.ofThisProcess());
        properties.putAll(context.hostProperties().get());
        properties.put("corpus", String.format(Locale.ROOT, "%s: %d conversations, %d messages", corpus.name(),
                corpus.conversations(), corpus.messages()));
        properties.put("gc_ms", Long.toString(readings.gcMillis()));
        if (!Double.isNaN(readings.processorsBusy())) {
            properties.put("processors_busy", String.format(Locale.ROOT, "%.2f", readings.processorsBusy()));
        }
        properties.put("longest_pause_ms", String.format(Locale.ROOT, "%.1f", readings.longestHiccupMs()));
        return properties;
    }
}
