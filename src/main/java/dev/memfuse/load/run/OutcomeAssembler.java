package dev.memfuse.load.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.config.Tunables;
import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.corpus.Corpus;
import dev.memfuse.load.measure.ConfigTree;
import dev.memfuse.load.measure.Instruments;
import dev.memfuse.load.measure.ResultBuilder;
import dev.memfuse.load.measure.ResultWarnings;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.stats.Percentiles;

/// Assembles the outcome of a run from its state and its instruments, once, after the last operation ended.
record OutcomeAssembler(RunState state, RunContext context, MeasuredSpan span, ResultWarnings warnings) {
    private static final int FORMAT_VERSION = 1;
    private static final int REPORTED_FAILURES = 3;

    LoadOutcome assemble(Instruments instruments, Corpus corpus) {
        ResultBuilder builder = new ResultBuilder(state.workload(), state.measurements(),
                span.secondsUntil(state.measurements().lastEnd()));
        Map<String, OperationResult> operations = builder.operations();
        ArrivalResult arrival = builder.arrival(state.load());
        double longestHiccup = instruments.longestHiccupMs();
        addWarnings(builder, operations, arrival, instruments, longestHiccup);
        List<EventMark> marks = context.hub().marks().stream()
                .filter(mark -> !mark.at().isBefore(state.startedAt())).toList();
        LoadResult result = new LoadResult(FORMAT_VERSION, span.startedAt(), builder.seconds(), operations,
                builder.acknowledged(), builder.stagesMs(),
                ResultBuilder.pool(instruments.leases().takeWaits(), instruments.leases().timeouts(),
                        instruments.timeline().measuredPool()),
                arrival, ConfigTree.of(context.tunables().get()), changes(),
                environment(instruments, corpus, longestHiccup), warnings.sentences());
        return new LoadOutcome(result, new LoadRecording(instruments.timeline().points(), builder.spectrum(),
                builder.stagesMsByOperation(), marks));
    }

    private void addWarnings(ResultBuilder builder, Map<String, OperationResult> operations, ArrivalResult arrival,
            Instruments instruments, double longestHiccup) {
        Percentiles latency = builder.allLatencies();
        long succeeded = operations.values().stream().mapToLong(OperationResult::count).sum();
        if (succeeded == 0) {
            warnings.add("No operation of the measured part succeeded.");
        }
        state.measurements().failures().mostFrequent(REPORTED_FAILURES).forEach(warnings::add);
        warnings.checkAcknowledgements(builder.acknowledged());
        warnings.checkDeadLetters(context.engine().deadLetters().count() - context.deadLetters());
        warnings.checkArrivals(arrival, succeeded, span.arrivalSeconds(), builder.seconds(), latency);
        warnings.checkSteadyState(instruments.timeline().points(), arrival.model().equals("open"));
        warnings.checkHiccups(longestHiccup, latency);
        warnings.checkSamples(operations);
        if (arrival.model().equals("closed")) {
            warnings.add("Closed model: latency is service time at this concurrency and is not comparable with an "
                    + "open run's.");
        }
        warnings.add("Load generator and engine share one process, its processors and its collector.");
    }

    /// Changes of settings and load during the run, oldest first, with their offset from the measured part's start.
    private List<String> changes() {
        record TimedChange(Instant at, String text) {}
        List<TimedChange> all = new ArrayList<>();
        for (Tunables.Change change : context.tunables().history()) {
            change.keys().forEach(key -> all.add(new TimedChange(change.at(), key + " (" + change.cause() + ")")));
        }
        state.loadChanges().forEach(change -> all.add(new TimedChange(change.at(), change.text())));
        return all.stream().filter(change -> !change.at().isBefore(state.startedAt()))
                .sorted(Comparator.comparing(TimedChange::at))
                .map(change -> String.format(Locale.ROOT, "%+.1f s: %s",
                        Duration.between(span.startedAt(), change.at()).toMillis() / 1000.0, change.text()))
                .toList();
    }

    private Map<String, String> environment(Instruments instruments, Corpus corpus, double longestHiccup) {
        Map<String, String> properties = new LinkedHashMap<>(EnvironmentInfo.ofThisProcess());
        properties.putAll(context.hostProperties().get());
        properties.put("corpus", String.format(Locale.ROOT, "%s: %d conversations, %d messages", corpus.name(),
                corpus.conversations().size(), corpus.messages()));
        properties.put("gc_ms", Long.toString(instruments.gcMillis()));
        properties.put("longest_pause_ms", String.format(Locale.ROOT, "%.1f", longestHiccup));
        return properties;
    }
}
