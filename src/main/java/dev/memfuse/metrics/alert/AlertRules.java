package dev.memfuse.metrics.alert;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// The rules in force: which of the program's own are on, the user's rules and the objectives. Thread-safe.
public final class AlertRules {
    /// The rules of a first start.
    public static final Content FIRST = new Content(Set.of(), Map.of(), List.of(),
            List.of(new ServiceLevel("add", "add.p99", 100, 0.99), new ServiceLevel("query", "query.p99", 250, 0.99)));

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final String problem;
    private volatile Content content;

    /// Seconds that raise and end an alert.
    ///
    /// @param lasting seconds beyond the limit, of five thirds of them, 1..600
    /// @param quiet seconds clearly within it, 1..600
    public record Timing(int lasting, int quiet) {
        /// Timing of a rule that nobody changed.
        public static final Timing FIRST = new Timing(3, 5);

        /// @throws IllegalArgumentException when a value is out of range
        public Timing {
            if (lasting < 1 || lasting > MetricRule.MAX_SECONDS || quiet < 1 || quiet > MetricRule.MAX_SECONDS) {
                throw new IllegalArgumentException("A rule lasts 1 to " + MetricRule.MAX_SECONDS + " s");
            }
        }
    }

    /// The rules as a value.
    ///
    /// @param off rules of the program that are switched off; only those with a limit can be
    /// @param timings timing of the program's rules, where it was changed
    /// @param rules rules of the user, in their order
    /// @param objectives in their order
    public record Content(Set<AlertRule> off, Map<AlertRule, Timing> timings, List<MetricRule> rules,
            List<ServiceLevel> objectives) {
        public Content {
            off = off.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(off));
            timings = timings.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(timings));
            rules = List.copyOf(rules);
            objectives = List.copyOf(objectives);
        }

        /// Returns the timing of a rule of the program.
        public Timing timing(AlertRule rule) {
            return timings.getOrDefault(rule, Timing.FIRST);
        }

        /// Returns the content with a rule of the program switched on or off.
        public Content with(AlertRule rule, boolean on, Timing timing) {
            Set<AlertRule> nextOff = EnumSet.noneOf(AlertRule.class);
            nextOff.addAll(off);
            if (on) {
                nextOff.remove(rule);
            } else {
                nextOff.add(rule);
            }
            Map<AlertRule, Timing> next = new EnumMap<>(AlertRule.class);
            next.putAll(timings);
            next.put(rule, timing);
            next.values().removeIf(Timing.FIRST::equals);
            return new Content(nextOff, next, rules, objectives);
        }

        /// Returns the content with a rule of the user, which replaces the one of the same id.
        public Content with(MetricRule rule) {
            List<MetricRule> next = new ArrayList<>(rules);
            int at = rules.stream().map(MetricRule::id).toList().indexOf(rule.id());
            if (at >= 0) {
                next.set(at, rule);
            } else {
                next.add(rule);
            }
            return new Content(off, timings, next, objectives);
        }

        /// Returns the content with an objective, which replaces the one of the same id.
        public Content with(ServiceLevel objective) {
            List<ServiceLevel> next = new ArrayList<>(objectives);
            int at = objectives.stream().map(ServiceLevel::id).toList().indexOf(objective.id());
            if (at >= 0) {
                next.set(at, objective);
            } else {
                next.add(objective);
            }
            return new Content(off, timings, rules, next);
        }

        /// Returns the content without the rule or objective of an id.
        public Content without(String id) {
            return new Content(off, timings, rules.stream().filter(rule -> !rule.id().equals(id)).toList(),
                    objectives.stream().filter(one -> !one.id().equals(id)).toList());
        }
    }

    /// @param first the rules in force from the start
    public AlertRules(Content first) {
        this(first, "");
    }

    /// @param first the rules in force from the start
    /// @param problem sentence for the user when the saved rules cannot be read; else empty
    public AlertRules(Content first, String problem) {
        content = first;
        this.problem = problem;
    }

    /// Returns why the saved rules are not in force; empty when they are.
    public String problem() {
        return problem;
    }

    /// Returns the rules in force.
    public Content content() {
        return content;
    }

    /// Changes the rules; they are in force from the next second on.
    public synchronized void change(UnaryOperator<Content> change) {
        content = change.apply(content);
        listeners.forEach(Runnable::run);
    }

    /// Calls `listener` after each change, on the thread that changes.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
