package dev.memfuse.console.flags;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.lab.compare.ArmWords;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.effect.OneSetting;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// Measures the effect of one setting by a comparison: offers a value, says what it costs, runs and follows it. The
/// result is on the Compare page too. FX thread only.
final class TryModel {

    /// A running comparison as text.
    ///
    /// @param text pair, arm and time left
    /// @param share pairs that have ended, 0..1
    /// @param note the ratio so far, which is not final, and what happens to the setting
    record Running(String text, double share, String note) {}

    private final Lab lab;
    private final TaskRunner tasks;
    private final FxCoalescer refresh;
    private final ReadOnlyObjectWrapper<@Nullable ConfigKey> key = new ReadOnlyObjectWrapper<>();
    private final StringProperty value = new SimpleStringProperty("");
    private final ObjectProperty<Metric> metric = new SimpleObjectProperty<>(OneSetting.metrics().getFirst());
    private final ReadOnlyStringWrapper inForce = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper cost = new ReadOnlyStringWrapper("");
    private final PassingProblem problem = new PassingProblem();
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Running> running = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper cancelling = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper startable = new ReadOnlyBooleanWrapper();
    private @Nullable ComparisonRun run;
    private int checks;

    /// @param fx executor of the FX thread
    TryModel(Lab lab, TaskRunner tasks, Executor fx) {
        this.lab = lab;
        this.tasks = tasks;
        refresh = new FxCoalescer(fx, this::tick);
        value.subscribe(this::check);
        metric.subscribe(this::check);
    }

    /// Offers to measure a setting, with the value that tells most. A running measurement of another one goes on.
    void open(ConfigKey chosen) {
        key.set(chosen);
        outcome.set("");
        problem.set("");
        cost.set("");
        startable.set(false);
        tasks.call("suggest a value", () -> {
            OneSetting setting = setting(chosen);
            return new String[]{setting.inForce(), setting.suggestion(new ConfigLoader().load()).orElse(""),
                    setting.primary().name()};
        }).onSuccess(found -> {
            if (chosen.equals(key.get())) {
                inForce.set(found[0]);
                metric.set(Metric.parse(found[2]));
                value.set(found[1]);
                check();
            }
        }).start();
    }

    /// Hides the offer. A running measurement goes on; the Compare page shows it.
    void close() {
        key.set(null);
    }

    private OneSetting setting(ConfigKey chosen) {
        return new OneSetting(chosen, lab.arms().get());
    }

    private void check() {
        ConfigKey chosen = key.get();
        checks++;
        int number = checks;
        if (chosen == null) {
            return;
        }
        String typed = value.get();
        Metric by = metric.get();
        if (typed.isBlank()) {
            refuse("Enter the value to compare " + inForce.get() + " with.");
            return;
        }
        tasks.call("check trial", () -> setting(chosen).plan(typed, by)).onSuccess(plan -> {
            if (number == checks) {
                problem.set("");
                cost.set(cost(plan));
                startable.set(run == null);
            }
        }).onFailure(failure -> {
            if (number == checks) {
                refuse(sentence(failure));
            }
        }).start();
    }

    private void refuse(String sentence) {
        cost.set("");
        problem.set(sentence);
        startable.set(false);
    }

    private static String cost(ComparisonPlan plan) {
        return String.format(Locale.ROOT,
                "%s under load, about %s: %d users are made and removed, the setting alternates meanwhile, and the "
                        + "value in force returns at the end.",
                Numbers.count(plan.pairs(), "pair"), Formats.estimate(plan.planned()), plan.block().users());
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof ConfigException rejection && !rejection.problems().isEmpty()) {
            return rejection.problems().stream().map(ConfigProblem::message)
                    .map(text -> Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".")
                    .collect(Collectors.joining(" "));
        }
        return Sentences.of(failure);
    }

    /// Starts the comparison. What stands against it, such as a running load, becomes the problem.
    void start() {
        ConfigKey chosen = key.get();
        if (chosen == null || !startable.get()) {
            return;
        }
        startable.set(false);
        outcome.set("");
        problem.set("");
        String typed = value.get();
        Metric by = metric.get();
        tasks.call("start trial", () -> lab.comparisons().start(setting(chosen).plan(typed, by)))
                .onSuccess(this::follow).onFailure(failure -> {
                    problem.set(sentence(failure),
                            lab.comparisons().blocked() ? lab.comparisons()::blocked : () -> true);
                    startable.set(true);
                }).start();
    }

    private void follow(ComparisonRun started) {
        run = started;
        cancelling.set(false);
        tick();
        started.result().whenComplete((_, _) -> refresh.request());
    }

    /// Reads the progress of the running comparison.
    void tick() {
        problem.check();
        ComparisonRun now = run;
        if (now == null) {
            return;
        }
        if (now.ended()) {
            run = null;
            running.set(null);
            cancelling.set(false);
            outcome.set(now.result().isCompletedExceptionally()
                    ? "No result. " + Sentences.of(now.result().exceptionNow())
                    : now.result().resultNow().sentence());
            check();
            return;
        }
        ComparisonRun.Status status = now.progress();
        int total = now.plan().pairs();
        running.set(new Running(String.format(Locale.ROOT, "Pair %d of %d%s, %s left",
                Math.min(status.pairs() + 1, total), total, status.arm().isEmpty() ? "" : ", arm " + status.arm(),
                Formats.clock(status.left())), (double) status.pairs() / total,
                note(status.interim().map(new ArmWords(now.plan().differences())::ratio).orElse(""))));
    }

    private static String note(String interim) {
        return (interim.isEmpty() ? "The first interval appears after some pairs. " : "Not final: " + interim + ". ")
                + "The setting alternates meanwhile, and the value in force returns at the end.";
    }

    /// Ends the running comparison early; the pairs until then are its result.
    void cancel() {
        ComparisonRun now = run;
        if (now != null) {
            cancelling.set(true);
            now.stop();
        }
    }

    /// Returns the setting that is offered; null when none is.
    ReadOnlyObjectProperty<@Nullable ConfigKey> keyProperty() {
        return key.getReadOnlyProperty();
    }

    /// Returns the value to compare with, as typed.
    StringProperty valueProperty() {
        return value;
    }

    /// Returns the metric that decides.
    ObjectProperty<Metric> metricProperty() {
        return metric;
    }

    /// Returns the metrics that can decide.
    static List<Metric> metrics() {
        return OneSetting.metrics();
    }

    /// Returns the value in force.
    ReadOnlyStringProperty inForceProperty() {
        return inForce.getReadOnlyProperty();
    }

    /// Returns what the comparison takes and does; empty while the input has a problem.
    ReadOnlyStringProperty costProperty() {
        return cost.getReadOnlyProperty();
    }

    /// Returns the problem of the input or of the start; empty for none.
    ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }

    /// Returns the verdict of the last comparison; empty before it.
    ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    /// Returns the progress; null while no comparison of this page runs.
    ReadOnlyObjectProperty<@Nullable Running> runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Returns whether the running comparison was asked to end.
    ReadOnlyBooleanProperty cancellingProperty() {
        return cancelling.getReadOnlyProperty();
    }

    /// Returns whether the comparison can start.
    ReadOnlyBooleanProperty startableProperty() {
        return startable.getReadOnlyProperty();
    }
}
