package dev.memfuse.metrics.alert;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// What one rule has seen: the seconds that may raise an alert, and those that may end it. Not thread-safe.
final class RuleState {
    private AlertRules.Timing timing;
    private RecentSeconds recent;
    private int quiet;
    private @Nullable Alert active;

    /// Result of a second.
    enum Transition {
        NONE,
        RAISED,
        ENDED
    }

    /// A value of one second and its limit.
    ///
    /// @param clear the value that is clearly within the limit, as are those on its good side
    /// @param side the bad side of the limit
    /// @param samples number of samples of the value
    record Second(Instant at, double value, double limit, double clear, MetricRule.Side side, long samples) {
        boolean isBeyond() {
            return side == MetricRule.Side.ABOVE ? value > limit : value < limit;
        }

        boolean isClearlyWithin() {
            return samples == 0 || (side == MetricRule.Side.ABOVE ? value <= clear : value >= clear);
        }
    }

    RuleState(AlertRules.Timing timing) {
        this.timing = timing;
        recent = new RecentSeconds(timing.lasting());
    }

    /// Sets another timing; the seconds seen so far no longer count towards a new alert.
    void timing(AlertRules.Timing next) {
        if (!next.equals(timing)) {
            timing = next;
            recent = new RecentSeconds(next.lasting());
        }
    }

    /// Adds a second of a measured value.
    Transition add(AlertSource rule, Second second, String text) {
        recent.add(second.at(), second.isBeyond(), second.samples());
        if (active == null) {
            return recent.areOver() ? update(rule, recent.since(), true, text) : Transition.NONE;
        }
        if (!second.isBeyond() && !second.isClearlyWithin()) {
            quiet = 0;
            return Transition.NONE;
        }
        return update(rule, second.at(), second.isBeyond(), text);
    }

    /// Adds a second of a condition that holds or not.
    Transition update(AlertSource rule, Instant at, boolean holds, String text) {
        Alert current = active;
        if (holds) {
            quiet = 0;
            active = current == null
                    ? new Alert(rule, at, null, text)
                    : new Alert(rule, current.since(), null, text, current.acknowledged());
            return current == null ? Transition.RAISED : Transition.NONE;
        }
        if (current == null) {
            return Transition.NONE;
        }
        quiet++;
        return quiet >= timing.quiet() ? Transition.ENDED : Transition.NONE;
    }

    /// Ends the active alert.
    ///
    /// @return the ended alert; null when none is active
    @Nullable
    Alert end(Instant at) {
        Alert current = active;
        active = null;
        quiet = 0;
        return current == null
                ? null
                : new Alert(current.rule(), current.since(), at, current.text(), current.acknowledged());
    }

    /// Returns the active alert; null for none.
    @Nullable
    Alert active() {
        return active;
    }

    /// Marks the active alert as seen if it is the given one.
    void acknowledge(Alert alert) {
        if (active != null && active.isSame(alert)) {
            active = active.acknowledge();
        }
    }
}
