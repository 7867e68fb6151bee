package dev.memfuse.metrics.alert;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.stats.Numbers;

/// Evaluates the alert rules once per second and keeps the alerts: response times, error rate and heap against their
/// limits, and the availability of database and journal. A measured value raises an alert when it is over its limit in
/// three of five seconds and on 20 samples or more. Marks the beginning and the end of an alert in the hub.
/// Thread-safe.
public final class PerformanceMonitor {
    private static final int MAX_ENDED_ALERTS = 1_000;
    /// An alert ends after this many seconds within the limit, so that a value close to it raises one alert, not many.
    private static final int QUIET_SECONDS = 5;
    /// A second counts as within the limit when its value is below this share of the limit.
    private static final double CLEARLY_WITHIN = 0.9;
    private static final int MAX_PROBLEMS = 3;
    private static final double NANOS_PER_MS = 1e6;
    private static final String JOURNAL_FAILED = "journal failed, nothing is acknowledged from it until a restart";

    private enum Transition {
        NONE,
        RAISED,
        ENDED
    }

    private final MetricsHub hub;
    private final Supplier<AlertLimits> limits;
    private final Map<AlertRule, Alert> active = new EnumMap<>(AlertRule.class);
    private final Map<AlertRule, RecentSeconds> recent = new EnumMap<>(AlertRule.class);
    private final Map<AlertRule, Integer> quietSeconds = new EnumMap<>(AlertRule.class);
    private final ArrayDeque<Alert> ended = new ArrayDeque<>();

    /// @param hub receives the marks of alerts
    /// @param limits returns the limits in force; read at each evaluation
    public PerformanceMonitor(MetricsHub hub, Supplier<AlertLimits> limits) {
        this.hub = hub;
        this.limits = limits;
    }

    /// Evaluates all rules on a snapshot. Call once per second, when the second is complete; does not block.
    public void evaluate(MetricsSnapshot snapshot) {
        AlertLimits limit = limits.get();
        check(AlertRule.CONNECTION_POOL_ACCESS, snapshot.at(), snapshot.pool().waitP99(),
                limit.connectionPoolAccess(), snapshot.pool().waits());
        OperationSample add = snapshot.operation(Operation.ADD);
        check(AlertRule.ADD, snapshot.at(), add.p99(), limit.add(), add.count());
        OperationSample query = snapshot.operation(Operation.QUERY);
        check(AlertRule.QUERY, snapshot.at(), query.p99(), limit.query(), query.count());
        check(AlertRule.ERROR_RATE, snapshot.at(), errorRate(snapshot), limit.errorRate(), operations(snapshot));
        MetricsSnapshot.ResourceSample resources = snapshot.resources();
        check(AlertRule.HEAP_USED, snapshot.at(),
                resources.heapLimit() == 0 ? 0 : (double) resources.heapUsed() / resources.heapLimit(),
                limit.heapUsed());
        checkAvailability(snapshot);
    }

    private static double errorRate(MetricsSnapshot snapshot) {
        double total = 0;
        double failed = 0;
        for (MetricsSnapshot.OperationSample sample : snapshot.operations().values()) {
            total += sample.throughput();
            failed += sample.errors();
        }
        return total == 0 ? 0 : failed / total;
    }

    private static long operations(MetricsSnapshot snapshot) {
        return snapshot.operations().values().stream().mapToLong(OperationSample::count).sum();
    }

    private void checkAvailability(MetricsSnapshot snapshot) {
        MetricsSnapshot.JournalSample journal = snapshot.journal();
        // The engine marks the loss and the return of its database itself, at the instant it detects them.
        update(AlertRule.DATABASE, snapshot.at(), journal.degraded() || journal.writesRefused(),
                String.format(Locale.ROOT, "database %s, %,d rounds wait in the journal",
                        journal.degraded() ? "out of reach" : "refuses writes", journal.rounds()));
        if (update(AlertRule.JOURNAL, snapshot.at(), journal.poisoned(), JOURNAL_FAILED) == Transition.RAISED) {
            hub.mark(EventMark.Kind.ALERT, JOURNAL_FAILED);
        }
        String letters = String.format(Locale.ROOT,
                "%,d rounds were refused by the database and are dead letters: see 'dead-letters list'",
                journal.deadLetters());
        if (update(AlertRule.DEAD_LETTERS, snapshot.at(), journal.deadLetters() > 0, letters) == Transition.RAISED) {
            hub.mark(EventMark.Kind.ALERT, letters);
        }
    }

    /// Keeps the alert about background work: raised by the first problem, ended after five calls without one. Call
    /// once a second, on any thread.
    ///
    /// @param problems one sentence each, empty when all is well
    /// @param advice sentence that names the log
    public void background(List<String> problems, Instant at, String advice) {
        String text = String.join(" ", problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)))
                + (problems.size() > MAX_PROBLEMS ? " And " + (problems.size() - MAX_PROBLEMS) + " more." : "");
        if (update(AlertRule.BACKGROUND, at, !problems.isEmpty(), text + " " + advice) == Transition.RAISED) {
            hub.mark(EventMark.Kind.ALERT, text);
        }
    }

    private void check(AlertRule rule, Instant at, double value, double limit) {
        check(rule, at, value, limit, Long.MAX_VALUE);
    }

    /// @param samples number of samples of a percentile
    private void check(AlertRule rule, Instant at, double value, double limit, long samples) {
        String text = describe(rule, value, limit, samples);
        switch (update(rule, at, value, limit, samples, text)) {
            case RAISED -> hub.mark(EventMark.Kind.ALERT, text, rule.title());
            case ENDED -> hub.mark(EventMark.Kind.ALERT_END, rule.title() + " is back within its limit",
                    rule.title());
            case NONE -> {
                // No alert began or ended.
            }
        }
    }

    private synchronized Transition update(AlertRule rule, Instant at, double value, double limit, long samples,
            String text) {
        RecentSeconds seconds = recent.computeIfAbsent(rule, _ -> new RecentSeconds());
        seconds.add(at, value > limit, samples);
        if (!active.containsKey(rule)) {
            return seconds.areOver() ? update(rule, seconds.since(), true, text) : Transition.NONE;
        }
        boolean clearlyWithin = samples == 0 || value < CLEARLY_WITHIN * limit;
        return value <= limit && !clearlyWithin ? keep(rule) : update(rule, at, value > limit, text);
    }

    private Transition keep(AlertRule rule) {
        quietSeconds.put(rule, 0);
        return Transition.NONE;
    }

    private synchronized Transition update(AlertRule rule, Instant at, boolean over, String text) {
        Alert current = active.get(rule);
        if (over) {
            quietSeconds.put(rule, 0);
            active.put(rule, new Alert(rule, current == null ? at : current.since(), null, text));
            return current == null ? Transition.RAISED : Transition.NONE;
        }
        if (current != null && quietSeconds.merge(rule, 1, Integer::sum) >= QUIET_SECONDS) {
            end(current, at);
            return Transition.ENDED;
        }
        return Transition.NONE;
    }

    private void end(Alert alert, Instant at) {
        active.remove(alert.rule());
        if (ended.size() == MAX_ENDED_ALERTS) {
            ended.removeFirst();
        }
        ended.addLast(new Alert(alert.rule(), alert.since(), at, alert.text()));
    }

    private static String describe(AlertRule rule, double value, double limit, long samples) {
        return switch (rule) {
            case CONNECTION_POOL_ACCESS, ADD, QUERY ->
                String.format(Locale.ROOT, "%s %s ms, limit %s", rule.title(),
                        Numbers.percentile(samples, 99, value / NANOS_PER_MS), Numbers.ms(limit / NANOS_PER_MS));
            case ERROR_RATE, HEAP_USED ->
                String.format(Locale.ROOT, "%s %.1f %%, limit %.1f %%", rule.title(), value * 100,
                        limit * 100);
            case DATABASE, JOURNAL, DEAD_LETTERS, BACKGROUND -> rule.title();
        };
    }

    /// Returns the active alerts, in the order of the rules.
    public synchronized List<Alert> active() {
        return List.copyOf(active.values());
    }

    /// Returns the active alerts, then the ended ones since start, newest first, at most 1000 ended ones.
    public synchronized List<Alert> all() {
        List<Alert> all = new ArrayList<>(active.values());
        ended.descendingIterator().forEachRemaining(all::add);
        return List.copyOf(all);
    }
}
