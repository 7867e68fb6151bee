package dev.memfuse.load.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.Tunables;
import dev.memfuse.load.EnvironmentInfo;
import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadResult.Percentiles;
import dev.memfuse.load.corpus.Corpus;
import dev.memfuse.load.measure.ConfigTree;
import dev.memfuse.load.measure.Instruments;
import dev.memfuse.load.measure.ResultBuilder;
import dev.memfuse.load.measure.ResultWarnings;
import dev.memfuse.metrics.EventMark;

/// What remains of a run.
record LoadOutcome(LoadResult result, LoadRecording recording) {
    private static final int FORMAT_VERSION = 1;
    private static final int SHOWN_FAILURES = 3;
    private static final double NANOS = 1e9;

    /// The measured part in time.
    static final class Span {
        private final Instant startedAt = Instant.now();
        private final long from;
        private long lastArrival;

        /// @param from begin on the clock of [System#nanoTime]
        Span(long from) {
            this.from = from;
            this.lastArrival = from;
        }

        long from() {
            return from;
        }

        void lastArrival(long nanos) {
            lastArrival = nanos;
        }

        Instant startedAt() {
            return startedAt;
        }

        /// Seconds in which operations were due.
        double planned() {
            return (lastArrival - from) / NANOS;
        }

        /// Seconds until the last operation ended.
        double until(long lastEnd) {
            return Math.max(planned(), (lastEnd - from) / NANOS);
        }
    }

    /// Puts an outcome together from what the instruments saw.
    record Assembly(RunningLoad run, RunContext surroundings, Span span, ResultWarnings warnings) {

        LoadOutcome outcome(Instruments instruments, Corpus corpus) {
            ResultBuilder builder = new ResultBuilder(run.workload(), run.measurements(),
                    span.until(run.measurements().lastEnd()));
            Map<String, OperationResult> operations = builder.operations();
            ArrivalResult arrival = builder.arrival(run.load());
            double longestHiccup = instruments.longestHiccupMs();
            warn(builder, operations, arrival, instruments, longestHiccup);
            List<EventMark> marks = surroundings.hub().marks().stream()
                    .filter(mark -> !mark.at().isBefore(run.startedAt())).toList();
            LoadResult result = new LoadResult(FORMAT_VERSION, span.startedAt(), builder.seconds(), operations,
                    builder.acknowledged(), builder.stagesMs(),
                    ResultBuilder.pool(instruments.leases().takeWaits(), instruments.leases().timeouts(),
                            instruments.timeline().measuredPool()),
                    arrival, ConfigTree.of(surroundings.tunables().get()), changes(),
                    environment(instruments, corpus, longestHiccup), warnings.sentences());
            return new LoadOutcome(result, new LoadRecording(instruments.timeline().points(), builder.spectrum(),
                    builder.stagesMsByOperation(), marks));
        }

        private void warn(ResultBuilder builder, Map<String, OperationResult> operations, ArrivalResult arrival,
                Instruments instruments, double longestHiccup) {
            Percentiles latency = builder.allLatencies();
            long succeeded = operations.values().stream().mapToLong(OperationResult::count).sum();
            if (succeeded == 0) {
                warnings.add("No operation of the measured part succeeded.");
            }
            run.measurements().failures().mostFrequent(SHOWN_FAILURES).forEach(warnings::add);
            warnings.checkAcknowledgements(builder.acknowledged());
            warnings.checkArrivals(arrival, succeeded, span.planned(), builder.seconds(), latency);
            warnings.checkSteadyState(instruments.timeline().points(), arrival.model().equals("open"));
            warnings.checkHiccups(longestHiccup, latency);
            warnings.checkSamples(operations);
            if (arrival.model().equals("closed")) {
                warnings.add("Closed model: latency is service time at this concurrency and is not comparable with an "
                        + "open run's.");
            }
            warnings.add("Load generator and engine share one process, its processors and its collector.");
        }

        private List<String> changes() {
            record Entry(Instant at, String text) {}
            List<Entry> entries = new ArrayList<>();
            for (Tunables.Change change : surroundings.tunables().history()) {
                change.keys().forEach(key -> entries.add(new Entry(change.at(), key + " (" + change.cause() + ")")));
            }
            run.loadChanges().forEach(change -> entries.add(new Entry(change.at(), change.text())));
            return entries.stream().filter(entry -> !entry.at().isBefore(run.startedAt()))
                    .sorted(Comparator.comparing(Entry::at))
                    .map(entry -> "%+.1f s: %s".formatted(
                            Duration.between(span.startedAt(), entry.at()).toMillis() / 1000.0, entry.text()))
                    .toList();
        }

        private Map<String, String> environment(Instruments instruments, Corpus corpus, double longestHiccup) {
            Map<String, String> facts = new LinkedHashMap<>(EnvironmentInfo.ofThisProcess());
            facts.putAll(surroundings.facts().get());
            facts.put("corpus", "%s: %d conversations, %d messages".formatted(corpus.name(),
                    corpus.conversations().size(), corpus.messages()));
            facts.put("gc_ms", Long.toString(instruments.gcMillis()));
            facts.put("longest_pause_ms", "%.1f".formatted(longestHiccup));
            return facts;
        }
    }
}
