package dev.memfuse.console.alerts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.metrics.alert.AlertMetric;
import dev.memfuse.metrics.alert.AlertMetrics;
import dev.memfuse.metrics.alert.AlertRule;
import dev.memfuse.metrics.alert.AlertRules;
import dev.memfuse.metrics.alert.AlertRules.Timing;
import dev.memfuse.metrics.alert.MetricRule;
import dev.memfuse.metrics.alert.MetricRule.Side;
import org.jspecify.annotations.Nullable;

/// View model of the rules and of the form that adds or edits one. FX thread only; files are written off it.
final class RulesViewModel implements RowEditing {
    private final AlertRules rules;
    private final Tunables tunables;
    private final PageTools tools;
    private final ObservableList<RuleRow> rows = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable RuleRow> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Editing> editing = new ReadOnlyObjectWrapper<>(Editing.NOTHING);
    private final ObjectProperty<AlertMetric> metric = new SimpleObjectProperty<>(AlertMetrics.list().getFirst());
    private final ObjectProperty<Side> side = new SimpleObjectProperty<>(Side.ABOVE);
    private final StringProperty limit = new SimpleStringProperty("");
    private final StringProperty lasting = new SimpleStringProperty("");
    private final StringProperty quiet = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private boolean filling;

    /// What the form is for.
    enum Editing {
        NOTHING,
        NEW,
        /// A rule of the user.
        RULE,
        /// A rule of the program, whose metric is fixed.
        OWN
    }

    RulesViewModel(AlertRules rules, Tunables tunables, PageTools tools) {
        this.rules = rules;
        this.tunables = tunables;
        this.tools = tools;
        // The problem of a value is one of the text that it was found in.
        limit.subscribe(() -> problem.set(""));
        lasting.subscribe(() -> problem.set(""));
        quiet.subscribe(() -> problem.set(""));
        refresh();
    }

    /// Reads the rules in force.
    void refresh() {
        List<RuleRow> now = new ArrayList<>();
        AlertRules.Content content = rules.content();
        MemFuseConfig config = tunables.get();
        Arrays.stream(AlertRule.values()).filter(AlertRule::hasLimit).forEach(rule -> now.add(new RuleRow(rule,
                OwnLimits.metric(rule), Side.ABOVE, OwnLimits.limit(rule, config.monitoring().thresholds()),
                content.timing(rule), !content.off().contains(rule))));
        content.rules().forEach(rule -> now.add(new RuleRow(rule, rule.resolved(), rule.side(), rule.limit(),
                new Timing(rule.lastingSeconds(), rule.quietSeconds()), rule.enabled())));
        if (!now.equals(List.copyOf(rows))) {
            RuleRow kept = selected.get();
            filling = true;
            rows.setAll(now);
            filling = false;
            selected.set(kept == null
                    ? null
                    : now.stream().filter(row -> row.source().id().equals(kept.source().id())).findFirst()
                            .orElse(null));
        }
    }

    /// Selects a rule of the table; null for none.
    void select(@Nullable RuleRow row) {
        if (!filling) {
            selected.set(row);
        }
    }

    @Override
    public void add() {
        fill(Editing.NEW, AlertMetrics.find("query.p95").orElseThrow(), Side.ABOVE, "", Timing.FIRST);
    }

    @Override
    public void edit() {
        RuleRow row = selected.get();
        if (row != null) {
            fill(row.source() instanceof AlertRule ? Editing.OWN : Editing.RULE, row.metric(), row.side(),
                    Numeric.print(row.limit()), row.timing());
        }
    }

    private void fill(Editing what, AlertMetric nextMetric, Side nextSide, String nextLimit, Timing timing) {
        metric.set(nextMetric);
        side.set(nextSide);
        limit.set(nextLimit);
        lasting.set(Integer.toString(timing.lasting()));
        quiet.set(Integer.toString(timing.quiet()));
        problem.set("");
        editing.set(what);
    }

    @Override
    public void cancel() {
        editing.set(Editing.NOTHING);
        problem.set("");
    }

    @Override
    public void save() {
        OptionalDouble typedLimit = Numeric.decimal(limit.get());
        OptionalInt typedLasting = Numeric.whole(lasting.get(), MetricRule.MAX_SECONDS);
        OptionalInt typedQuiet = Numeric.whole(quiet.get(), MetricRule.MAX_SECONDS);
        if (typedLimit.isEmpty()) {
            problem.set("The limit is a number of 0 or more.");
        } else if (typedLasting.isEmpty() || typedQuiet.isEmpty()) {
            problem.set("Seconds are whole numbers from 1 to " + MetricRule.MAX_SECONDS + ".");
        } else {
            save(typedLimit.getAsDouble(), new Timing(typedLasting.getAsInt(), typedQuiet.getAsInt()));
        }
    }

    private void save(double value, Timing timing) {
        RuleRow row = selected.get();
        if (editing.get() == Editing.OWN && row != null && row.source() instanceof AlertRule own) {
            boolean enabled = row.enabled();
            change(() -> {
                tunables.apply("Alerts page", config -> OwnLimits.with(config, own, value));
                rules.change(now -> now.with(own, enabled, timing));
            });
            return;
        }
        boolean known = editing.get() == Editing.RULE && row != null;
        MetricRule rule = new MetricRule(known ? row.source().id() : freeId(), metric.get().id(), side.get(), value,
                timing.lasting(), timing.quiet(), !known || row.enabled());
        change(() -> rules.change(now -> now.with(rule)));
    }

    private String freeId() {
        List<String> used = rules.content().rules().stream().map(MetricRule::id).toList();
        int number = 1;
        while (used.contains("rule-" + number)) {
            number++;
        }
        return "rule-" + number;
    }

    /// Switches the selected rule on or off.
    void toggle() {
        RuleRow row = selected.get();
        if (row == null) {
            return;
        }
        UnaryOperator<AlertRules.Content> next = switch (row.source()) {
            case AlertRule own -> now -> now.with(own, !row.enabled(), row.timing());
            case MetricRule rule -> now -> now.with(rule.enabled(!row.enabled()));
            default -> UnaryOperator.identity();
        };
        change(() -> rules.change(next));
    }

    @Override
    public void remove() {
        RuleRow row = selected.get();
        if (row != null && row.source() instanceof MetricRule rule) {
            change(() -> rules.change(now -> now.without(rule.id())));
        }
    }

    private void change(Runnable change) {
        tools.changes().call("change alert rules", () -> {
            change.run();
            return true;
        }).onSuccess(_ -> {
            cancel();
            refresh();
        }).onFailure(failure -> {
            problem.set(Sentences.of(failure));
            refresh();
        }).start();
    }

    /// Returns the rules: those of the program with a limit, then those of the user.
    ObservableList<RuleRow> rows() {
        return rows;
    }

    /// Returns the selected rule; null for none.
    ObjectProperty<@Nullable RuleRow> selectedProperty() {
        return selected;
    }

    /// Returns what the form is for.
    ReadOnlyObjectProperty<Editing> editingProperty() {
        return editing.getReadOnlyProperty();
    }

    /// Returns the metric of the form.
    ObjectProperty<AlertMetric> metricProperty() {
        return metric;
    }

    /// Returns the bad side of the limit of the form.
    ObjectProperty<Side> sideProperty() {
        return side;
    }

    /// Returns the limit as typed.
    StringProperty limitProperty() {
        return limit;
    }

    /// Returns the seconds beyond the limit as typed.
    StringProperty lastingProperty() {
        return lasting;
    }

    /// Returns the quiet seconds as typed.
    StringProperty quietProperty() {
        return quiet;
    }

    /// Returns what is wrong with the form; empty when nothing is.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
