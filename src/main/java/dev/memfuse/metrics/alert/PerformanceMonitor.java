package dev.memfuse.metrics.alert;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.alert.RuleState.Second;
import dev.memfuse.metrics.alert.RuleState.Transition;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// Evaluates the alert rules once per second and keeps the alerts: response times, error rate and heap against their
/// limits, the rules of the user, the objectives, and the availability of database and journal. A measured value raises
/// an alert when it is beyond its limit in three of five seconds, or as its rule says, and on 20 samples or more.
/// Seconds of the preparation and the warm-up of a load count for none of them. Marks the beginning and the end of an
/// alert in the hub. Thread-safe.
public final class PerformanceMonitor {
    private static final int MAX_ENDED_ALERTS = 1_000;
    private static final int MAX_PROBLEMS = 3;
    private static final double NANOS_PER_MS = 1e6;
    private static final String JOURNAL_FAILED = "journal failed, nothing is acknowledged from it until a restart";

    private final MetricsHub hub;
    private final Supplier<AlertLimits> limits;
    private final AlertRules rules;
    private final UncountedTime uncounted;
    private final Map<AlertRule, RuleState> own = new EnumMap<>(AlertRule.class);
    private final Map<String, RuleState> others = new LinkedHashMap<>();
    private final Map<ServiceLevel, BurnRate> burns = new HashMap<>();
    private final ArrayDeque<Alert> ended = new ArrayDeque<>();

    /// Creates a monitor of the program's own rules alone.
    ///
    /// @param hub receives the marks of alerts
    /// @param limits returns the limits in force; read at each evaluation
    public PerformanceMonitor(MetricsHub hub, Supplier<AlertLimits> limits) {
        this(hub, limits, new AlertRules(new AlertRules.Content(Set.of(), Map.of(), List.of(), List.of())),
                () -> false);
    }

    /// @param hub receives the marks of alerts
    /// @param limits returns the limits in force; read at each evaluation
    /// @param rules which rules are in force
    /// @param preparing returns whether a load is being prepared or warms up now
    public PerformanceMonitor(MetricsHub hub, Supplier<AlertLimits> limits, AlertRules rules,
            BooleanSupplier preparing) {
        this.hub = hub;
        this.limits = limits;
        this.rules = rules;
        uncounted = new UncountedTime(preparing);
        hub.onMark(uncounted::mark);
    }

    /// Returns the rules in force.
    public AlertRules rules() {
        return rules;
    }

    /// Returns the limits of the rules and objectives in force.
    public List<MetricLimit> metricLimits() {
        return MetricLimit.of(rules.content(), limits.get());
    }

    /// Evaluates all rules on a snapshot. Call once per second, when the second is complete; does not block.
    public void evaluate(MetricsSnapshot snapshot) {
        AlertRules.Content content = rules.content();
        endRemoved(content, snapshot.at());
        if (!uncounted.includes(snapshot.at())) {
            checkOwn(snapshot, content);
            content.rules().stream().filter(MetricRule::enabled).forEach(rule -> check(rule, snapshot));
            content.objectives().forEach(objective -> check(objective, snapshot));
        }
        checkAvailability(snapshot);
    }

    private void checkOwn(MetricsSnapshot snapshot, AlertRules.Content content) {
        AlertLimits limit = limits.get();
        check(AlertRule.CONNECTION_POOL_ACCESS, content, above(snapshot, snapshot.pool().waitP99(),
                limit.connectionPoolAccess(), snapshot.pool().waits()));
        OperationSample add = snapshot.operation(Operation.ADD);
        check(AlertRule.ADD, content, above(snapshot, add.p99(), limit.add(), add.count()));
        OperationSample query = snapshot.operation(Operation.QUERY);
        check(AlertRule.QUERY, content, above(snapshot, query.p99(), limit.query(), query.count()));
        check(AlertRule.ERROR_RATE, content, above(snapshot, AlertMetrics.errorRate(snapshot), limit.errorRate(),
                AlertMetrics.operations(snapshot)));
        check(AlertRule.HEAP_USED, content,
                above(snapshot, snapshot.resources().heapShare(), limit.heapUsed(), Long.MAX_VALUE));
    }

    private static Second above(MetricsSnapshot snapshot, double value, double limit, long samples) {
        // Times and shares, none of them a count.
        double clear = MetricRule.Side.ABOVE.clear(limit, AlertUnit.MILLISECONDS);
        return new Second(snapshot.at(), value, limit, clear, MetricRule.Side.ABOVE, samples);
    }

    /// Ends the alerts of rules that were removed or switched off.
    private synchronized void endRemoved(AlertRules.Content content, Instant at) {
        content.off().forEach(rule -> end(own.remove(rule), at));
        List<String> kept = Stream.concat(content.rules().stream().filter(MetricRule::enabled).map(AlertSource::id),
                content.objectives().stream().map(one -> objectiveKey(one.id()))).toList();
        others.entrySet().removeIf(entry -> {
            boolean removed = !kept.contains(entry.getKey());
            if (removed) {
                end(entry.getValue(), at);
            }
            return removed;
        });
        burns.keySet().retainAll(content.objectives());
    }

    /// Rules and objectives may have the same id.
    private static String objectiveKey(String id) {
        return "objective " + id;
    }

    private void end(@Nullable RuleState state, Instant at) {
        Alert alert = state == null ? null : state.end(at);
        if (alert != null) {
            keep(alert);
        }
    }

    private void check(AlertRule rule, AlertRules.Content content, Second second) {
        if (content.off().contains(rule)) {
            return;
        }
        AlertRules.Timing timing = content.timing(rule);
        String text = describe(rule, second);
        Transition transition;
        synchronized (this) {
            RuleState state = own.computeIfAbsent(rule, _ -> new RuleState(timing));
            state.timing(timing);
            transition = settle(state, state.add(rule, second, text), second.at());
        }
        mark(rule, transition, text);
    }

    private void check(MetricRule rule, MetricsSnapshot snapshot) {
        AlertMetric metric = rule.resolved();
        long samples = metric.samplesOf(snapshot);
        // A percentile of nothing is 0 and would be below every limit.
        double value = samples == 0 ? rule.limit() : metric.of(snapshot);
        Second second = new Second(snapshot.at(), value, rule.limit(),
                rule.side().clear(rule.limit(), metric.unit()), rule.side(), samples);
        String text = metric.title() + " " + metric.unit().format(second.value()) + ", " + rule.side().label() + " "
                + metric.unit().format(rule.limit());
        AlertRules.Timing timing = new AlertRules.Timing(rule.lastingSeconds(), rule.quietSeconds());
        Transition transition;
        synchronized (this) {
            RuleState state = others.computeIfAbsent(rule.id(), _ -> new RuleState(timing));
            state.timing(timing);
            transition = settle(state, state.add(rule, second, text), second.at());
        }
        mark(rule, transition, text);
    }

    private void check(ServiceLevel objective, MetricsSnapshot snapshot) {
        AlertMetric metric = objective.resolved();
        Transition transition;
        String text;
        synchronized (this) {
            BurnRate burn = burns.computeIfAbsent(objective, one -> new BurnRate(one.target()));
            boolean counts = metric.samplesOf(snapshot) > 0;
            boolean good = metric.of(snapshot) <= objective.limit();
            if (counts) {
                burn.add(snapshot.at(), good);
            } else {
                burn.advance(snapshot.at());
            }
            boolean fast = burn.burns(BurnRate.Speed.FAST);
            boolean burns = burn.isInUse() && (fast || burn.burns(BurnRate.Speed.SLOW));
            text = String.format(Locale.ROOT, "%s: the budget burns %.1f times too fast",
                    objective.describe(), burn.rate(
                            fast ? BurnRate.Speed.FAST.longSeconds : BurnRate.Speed.SLOW.longSeconds));
            RuleState state = others.computeIfAbsent(objectiveKey(objective.id()),
                    _ -> new RuleState(AlertRules.Timing.FIRST));
            // A good second after a pause proves no new burn.
            boolean holds = burns && (state.active() != null || (counts && !good));
            transition = settle(state, state.update(objective, snapshot.at(), holds, text), snapshot.at());
        }
        mark(objective, transition, text);
    }

    private void mark(AlertSource rule, Transition transition, String text) {
        switch (transition) {
            case RAISED -> hub.mark(EventMark.Kind.ALERT, text, rule.title());
            case ENDED -> hub.mark(EventMark.Kind.ALERT_END, rule.title() + " is back within its limit",
                    rule.title());
            case NONE -> {
                // No alert began or ended.
            }
        }
    }

    private Transition settle(RuleState state, Transition transition, Instant at) {
        if (transition == Transition.ENDED) {
            keep(Objects.requireNonNull(state.end(at)));
        }
        return transition;
    }

    private void keep(Alert alert) {
        if (ended.size() == MAX_ENDED_ALERTS) {
            ended.removeFirst();
        }
        ended.addLast(alert);
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

    private synchronized Transition update(AlertRule rule, Instant at, boolean holds, String text) {
        RuleState state = own.computeIfAbsent(rule, _ -> new RuleState(AlertRules.Timing.FIRST));
        return settle(state, state.update(rule, at, holds, text), at);
    }

    private static String describe(AlertRule rule, Second second) {
        return switch (rule) {
            case CONNECTION_POOL_ACCESS, ADD, QUERY ->
                String.format(Locale.ROOT, "%s %s ms, limit %s", rule.title(),
                        Numbers.percentile(second.samples(), 99, second.value() / NANOS_PER_MS),
                        Numbers.ms(second.limit() / NANOS_PER_MS));
            case ERROR_RATE, HEAP_USED ->
                String.format(Locale.ROOT, "%s %.1f %%, limit %.1f %%", rule.title(), second.value() * 100,
                        second.limit() * 100);
            case DATABASE, JOURNAL, DEAD_LETTERS, BACKGROUND -> rule.title();
        };
    }

    /// Marks an alert as seen. An alert that is not kept any more changes nothing.
    public synchronized void acknowledge(Alert alert) {
        states().forEach(state -> state.acknowledge(alert));
        List<Alert> all = ended.stream().map(one -> one.isSame(alert) ? one.acknowledge() : one).toList();
        ended.clear();
        ended.addAll(all);
    }

    private Stream<RuleState> states() {
        return Stream.concat(own.values().stream(), others.values().stream());
    }

    /// Returns the active alerts, in the order of the rules.
    public synchronized List<Alert> active() {
        return states().map(RuleState::active).filter(Objects::nonNull).toList();
    }

    /// Returns the active alerts, then the ended ones since start, newest first, at most 1000 ended ones.
    public synchronized List<Alert> all() {
        List<Alert> all = new ArrayList<>(active());
        ended.descendingIterator().forEachRemaining(all::add);
        return List.copyOf(all);
    }

    /// Returns the state of the objectives, in their order.
    public synchronized List<SloStatus> objectives() {
        return rules.content().objectives().stream().map(objective -> {
            BurnRate burn = burns.computeIfAbsent(objective, one -> new BurnRate(one.target()));
            int all = BurnRate.Speed.SLOW.longSeconds;
            double used = burn.rate(all);
            return new SloStatus(objective, burn.counted(all), 1 - used * (1 - objective.target()), 1 - used,
                    burn.rate(BurnRate.Speed.FAST.shortSeconds), burn.rate(BurnRate.Speed.FAST.longSeconds));
        }).toList();
    }
}
