package dev.memfuse.metrics;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The plan's PerformanceMonitor: compares response times, error rate and resource use with their limits, once per
/// second, looks whether database and journal work, and keeps the alerts that this raises. Thread-safe.
public final class PerformanceMonitor {
    private static final int MAX_ALERTS = 1_000;
    /// An alert ends after so many seconds within the limit: a value that hovers around it is one alert, not many.
    private static final int QUIET_SECONDS = 5;
    private static final String JOURNAL_FAILED = "journal failed, nothing is acknowledged from it until a restart";

    /// What is watched.
    public enum Rule {
        CONNECTION_POOL_ACCESS("p99 wait for a connection"),
        ADD("p99 of add"),
        QUERY("p99 of query"),
        ERROR_RATE("error rate"),
        HEAP_USED("heap used"),
        /// The database cannot be reached; it has no limit.
        DATABASE("database"),
        /// The journal failed; it has no limit.
        JOURNAL("journal");

        private final String title;

        Rule(String title) {
            this.title = title;
        }

        /// The rule in words, with the statistic it looks at.
        public String title() {
            return title;
        }
    }

    /// The limits in force. Times are nanoseconds, the others are shares 0..1.
    public record Limits(long connectionPoolAccess, long add, long query, double errorRate, double heapUsed) {}

    /// An alert.
    ///
    /// @param since when it was raised
    /// @param until when it ended; null while it lasts
    /// @param text one line with the value and the limit
    public record Alert(Rule rule, Instant since, @org.jspecify.annotations.Nullable Instant until, String text) {
        /// Whether it still lasts.
        public boolean active() {
            return until == null;
        }
    }

    /// What became of an alert.
    private enum Turn {
        NONE,
        RAISED,
        LOWERED
    }

    private final MetricsHub hub;
    private final Supplier<Limits> limits;
    private final Map<Rule, Alert> active = new EnumMap<>(Rule.class);
    private final Map<Rule, Integer> quietSeconds = new EnumMap<>(Rule.class);
    private final ArrayDeque<Alert> ended = new ArrayDeque<>();

    public PerformanceMonitor(MetricsHub hub, Supplier<Limits> limits) {
        this.hub = hub;
        this.limits = limits;
    }

    /// Looks at one snapshot; called by the sampler when a second is complete.
    void evaluate(MetricsSnapshot snapshot) {
        Limits limit = limits.get();
        check(Rule.CONNECTION_POOL_ACCESS, snapshot.at(), snapshot.pool().waitP99(), limit.connectionPoolAccess());
        check(Rule.ADD, snapshot.at(), snapshot.operation(Operation.ADD).p99(), limit.add());
        check(Rule.QUERY, snapshot.at(), snapshot.operation(Operation.QUERY).p99(), limit.query());
        double total = 0;
        double failed = 0;
        for (MetricsSnapshot.OperationSample sample : snapshot.operations().values()) {
            total += sample.throughput();
            failed += sample.errors();
        }
        check(Rule.ERROR_RATE, snapshot.at(), total == 0 ? 0 : failed / total, limit.errorRate());
        MetricsSnapshot.ResourceSample resources = snapshot.resources();
        check(Rule.HEAP_USED, snapshot.at(),
                resources.heapLimit() == 0 ? 0 : (double) resources.heapUsed() / resources.heapLimit(),
                limit.heapUsed());
        watch(snapshot);
    }

    private void watch(MetricsSnapshot snapshot) {
        MetricsSnapshot.JournalSample journal = snapshot.journal();
        // The engine marks the loss and the return of its database itself, at the instant it notices them.
        update(Rule.DATABASE, snapshot.at(), journal.degraded(),
                "database out of reach, %,d rounds wait in the journal".formatted(journal.rounds()));
        if (update(Rule.JOURNAL, snapshot.at(), journal.poisoned(), JOURNAL_FAILED) == Turn.RAISED) {
            hub.mark(EventMark.Kind.ALERT, JOURNAL_FAILED);
        }
    }

    private void check(Rule rule, Instant at, double value, double limit) {
        String text = describe(rule, value, limit);
        switch (update(rule, at, value > limit, text)) {
            case RAISED -> hub.mark(EventMark.Kind.ALERT, text);
            case LOWERED -> hub.mark(EventMark.Kind.ALERT, rule.title() + " is back within its limit");
            case NONE -> {
                // Nothing began and nothing ended.
            }
        }
    }

    private Turn update(Rule rule, Instant at, boolean over, String text) {
        boolean raised;
        boolean lowered = false;
        synchronized (this) {
            Alert current = active.get(rule);
            raised = over && current == null;
            if (over) {
                quietSeconds.put(rule, 0);
                active.put(rule, new Alert(rule, current == null ? at : current.since(), null, text));
            } else if (current != null && quietSeconds.merge(rule, 1, Integer::sum) >= QUIET_SECONDS) {
                end(current, at);
                lowered = true;
            }
        }
        return raised ? Turn.RAISED : lowered ? Turn.LOWERED : Turn.NONE;
    }

    private void end(Alert alert, Instant at) {
        active.remove(alert.rule());
        if (ended.size() == MAX_ALERTS) {
            ended.removeFirst();
        }
        ended.addLast(new Alert(alert.rule(), alert.since(), at, alert.text()));
    }

    private static String describe(Rule rule, double value, double limit) {
        return switch (rule) {
            case CONNECTION_POOL_ACCESS, ADD, QUERY -> "%s %s, limit %s".formatted(rule.title(), millis(value),
                    millis(limit));
            case ERROR_RATE, HEAP_USED -> "%s %.1f %%, limit %.1f %%".formatted(rule.title(), value * 100,
                    limit * 100);
            case DATABASE, JOURNAL -> rule.title();
        };
    }

    private static String millis(double nanos) {
        return "%.1f ms".formatted(nanos / TimeUnit.MILLISECONDS.toNanos(1));
    }

    /// Alerts that last now.
    public synchronized List<Alert> active() {
        return List.copyOf(active.values());
    }

    /// All alerts of this sitting, newest first, at most the last 1000 ended ones.
    public synchronized List<Alert> all() {
        List<Alert> all = new ArrayList<>(active.values());
        ended.descendingIterator().forEachRemaining(all::add);
        return List.copyOf(all);
    }
}
