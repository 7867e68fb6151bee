package dev.memfuse.console.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.engine.plan.ExplainedCall;
import dev.memfuse.engine.plan.PlanNode;
import dev.memfuse.engine.plan.PlanText;
import dev.memfuse.engine.plan.StatementPlan;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the plans of statements: a call, the user whose data it reads, its statements, and the plan of the
/// chosen one. FX thread only.
final class PlansModel {

    /// A step of a plan in the table.
    ///
    /// @param step the step, indented by its depth
    /// @param node the step
    record Row(String step, PlanNode node) {}

    private final StatementPlans plans;
    private final PageTools tools;
    private final List<StatementPlans.Call> calls;
    private final ObjectProperty<StatementPlans.@Nullable Call> call = new SimpleObjectProperty<>();
    private final StringProperty user = new SimpleStringProperty("");
    private final ObservableList<StatementPlan> statements = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable StatementPlan> statement = new SimpleObjectProperty<>();
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper effect = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper times = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper explaining = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();

    PlansModel(StatementPlans plans, PageTools tools) {
        this.plans = plans;
        this.tools = tools;
        calls = plans.calls();
        call.subscribe(chosen -> effect.set(chosen == null ? "" : effect(chosen)));
        statement.subscribe(this::show);
        call.set(calls.isEmpty() ? null : calls.getFirst());
    }

    private static String effect(StatementPlans.Call chosen) {
        return chosen.writes()
                ? "Writes, inside a transaction that is rolled back: nothing remains. Until then, at most 20 s, it "
                        + "holds the locks of its rows, and calls for the same user wait."
                : "Reads only.";
    }

    /// Says whether a database is in use.
    void ready(boolean now) {
        ready.set(now);
        if (!now) {
            statements.clear();
            statement.set(null);
            summary.set("");
            problem.set("");
        }
    }

    /// Returns whether [#explain] does something now.
    boolean canExplain() {
        return ready.get() && !explaining.get() && call.get() != null;
    }

    /// Executes the chosen call and shows the plans of its statements.
    void explain() {
        StatementPlans.Call chosen = call.get();
        if (!canExplain() || chosen == null) {
            return;
        }
        explaining.set(true);
        problem.set("");
        Optional<String> name = Optional.of(user.get().strip()).filter(typed -> !typed.isEmpty());
        tools.tasks().call("explain statements", () -> plans.explain(chosen.name(), name)).onSuccess(found -> {
            explaining.set(false);
            show(found);
        }).onFailure(failure -> {
            explaining.set(false);
            problem.set(Sentences.of(failure));
        }).start();
    }

    private void show(ExplainedCall found) {
        summary.set(String.format(Locale.ROOT, "User %s: %s, sent %s.%s", found.user(),
                Numbers.count(found.statements().size(), "statement"), Numbers.count(found.executions(), "time"),
                found.statements().stream().anyMatch(StatementPlan::repeated)
                        ? " A statement that is sent once for each row (N+1) is marked."
                        : ""));
        statements.setAll(found.statements());
        statement.set(found.statements().isEmpty() ? null : found.statements().getFirst());
    }

    private void show(@Nullable StatementPlan chosen) {
        List<Row> steps = new ArrayList<>();
        if (chosen != null) {
            add(steps, chosen.root(), 0);
        }
        rows.setAll(steps);
        times.set(chosen == null
                ? ""
                : PlanText.times(chosen) + steps.stream().map(Row::node)
                        .filter(PlanNode::slowest).findFirst().map(PlansModel::slowest).orElse(""));
    }

    private static String slowest(PlanNode node) {
        return " Slowest step: " + node.title() + ", " + Numbers.ms(node.selfMillis()) + ".";
    }

    private static void add(List<Row> steps, PlanNode node, int depth) {
        steps.add(new Row("   ".repeat(depth) + (depth == 0 ? "" : "└ ") + node.title(), node));
        node.children().forEach(child -> add(steps, child, depth + 1));
    }

    /// Returns the plans of all statements as text; empty before the first explanation.
    String text() {
        return statements.stream().map(plan -> String.join("\n", PlanText.of(plan)))
                .collect(Collectors.joining("\n\n"));
    }

    /// Tells that the text was copied.
    void copied() {
        tools.inform().accept("The plans of " + Numbers.count(statements.size(), "statement") + " are copied.");
    }

    /// Returns the calls that can be explained.
    List<StatementPlans.Call> calls() {
        return calls;
    }

    /// Returns the chosen call; null when there is none.
    ObjectProperty<StatementPlans.@Nullable Call> callProperty() {
        return call;
    }

    /// Returns the name of the user whose data is read; empty for the first one with messages.
    StringProperty userProperty() {
        return user;
    }

    /// Returns the statements of the explained call.
    ObservableList<StatementPlan> statements() {
        return statements;
    }

    /// Returns the statement whose plan is shown; null for none.
    ObjectProperty<@Nullable StatementPlan> statementProperty() {
        return statement;
    }

    /// Returns the steps of the plan that is shown, each below the step it belongs to.
    ObservableList<Row> rows() {
        return rows;
    }

    /// Returns what the chosen call does to the database.
    ReadOnlyStringProperty effectProperty() {
        return effect.getReadOnlyProperty();
    }

    /// Returns what was explained; empty before.
    ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// Returns the times of the statement that is shown.
    ReadOnlyStringProperty timesProperty() {
        return times.getReadOnlyProperty();
    }

    /// Returns the problem of the last explanation; empty for none.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Returns whether a call is being explained.
    ReadOnlyBooleanProperty explainingProperty() {
        return explaining.getReadOnlyProperty();
    }

    /// Returns whether a database is in use.
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }
}
