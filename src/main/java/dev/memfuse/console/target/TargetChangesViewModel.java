package dev.memfuse.console.target;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.target.PoolChange;
import dev.memfuse.target.PoolFigures;
import dev.memfuse.target.PoolReading;
import dev.memfuse.target.PoolSetting;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.TargetState;
import org.jspecify.annotations.Nullable;

/// View model of the changes of a target: locked at first, each after a question. FX thread only.
final class TargetChangesViewModel {
    /// Digits, perhaps in groups of thousands as the values in force are shown.
    private static final String NUMBER = "[0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3}";

    private final TargetsViewModel target;
    private final TaskRunner changes;
    private final Map<PoolSetting, StringProperty> wanted = new EnumMap<>(PoolSetting.class);
    private final Map<PoolSetting, ReadOnlyStringWrapper> current = new EnumMap<>(PoolSetting.class);
    private final ReadOnlyBooleanWrapper unlocked = new ReadOnlyBooleanWrapper();
    /// Position of the switch: on while changes are allowed, and while it is asked whether they shall be.
    private final BooleanProperty allowed = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper question = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper answer = new ReadOnlyStringWrapper("Confirm");
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final PassingProblem problem = new PassingProblem();
    private @Nullable Runnable confirmed;
    private boolean unlocking;
    /// Whether the question is about the typed values.
    private boolean askingSettings;

    /// @param made changes that the target made
    /// @param problem why it did not make the next one; empty when it made all
    private record Outcome(List<PoolChange.Done> made, String problem) {}

    /// @param changes runs changes, one after the other
    TargetChangesViewModel(TargetsViewModel target, TaskRunner changes) {
        this.target = target;
        this.changes = changes;
        for (PoolSetting setting : PoolSetting.values()) {
            StringProperty text = new SimpleStringProperty("");
            text.subscribe(this::typed);
            wanted.put(setting, text);
            current.put(setting, new ReadOnlyStringWrapper(Formats.NONE));
        }
        target.chosenProperty().subscribe(_ -> begin());
        target.sessionProperty().subscribe(_ -> begin());
        allowed.subscribe((_, on) -> allow(on));
    }

    /// The question names the values from before: what is typed now would be lost with the answer.
    private void typed() {
        problem.check();
        if (askingSettings) {
            keep();
        }
    }

    /// Forgets what belongs to another pool.
    private void begin() {
        keep();
        outcome.set("");
        problem.set("");
        wanted.values().forEach(text -> text.set(""));
    }

    /// Reads the settings of the chosen pool and whether changes are allowed.
    void refresh() {
        TargetSession session = target.sessionProperty().get();
        unlocked.set(session != null && session.unlocked());
        problem.check();
        Map<PoolSetting, Long> now = target.chosenFigures().map(PoolFigures::now).map(PoolReading::settings)
                .orElse(Map.of());
        current.forEach((setting, text) -> text.set(Optional.ofNullable(now.get(setting)).map(setting::format)
                .orElse(Formats.NONE)));
        if (confirmed != null && !(target.connectionProperty().get() instanceof TargetState.Connected)) {
            keep();
            return;
        }
        if (!unlocking) {
            allowed.set(unlocked.get());
        }
    }

    /// Asks before changes are allowed, or locks them at once.
    private void allow(boolean on) {
        TargetSession session = target.sessionProperty().get();
        if (session == null || on == session.unlocked()) {
            return;
        }
        problem.set("");
        outcome.set("");
        if (!on) {
            session.unlock(false);
            keep();
            return;
        }
        if (!(target.connectionProperty().get() instanceof TargetState.Connected connected)) {
            problem.set("The target is not connected; it cannot be changed.",
                    () -> !(target.connectionProperty().get() instanceof TargetState.Connected));
            return;
        }
        ask("Allow changes of " + connected.jvm().label() + "? They take effect at once in a program that others may "
                + "use. They are locked again when you disconnect or the target goes away.", "Allow changes",
                () -> session.unlock(true));
        unlocking = true;
    }

    /// Asks before the new values are set.
    void askSettings() {
        problem.set("");
        outcome.set("");
        List<PoolChange.Set> asked = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (PoolSetting setting : PoolSetting.values()) {
            String text = wantedProperty(setting).get().strip();
            if (text.isEmpty()) {
                continue;
            }
            if (!text.matches(NUMBER)) {
                problem.set("The new " + setting.key() + " is no whole number" + (setting.isCount()
                        ? "; write for instance 20."
                        : " of milliseconds; write for instance 30000 or 30,000."), unchanged(setting, text));
                return;
            }
            long value = Long.parseLong(text.replace(",", ""));
            if (setting.isCount() && value > Integer.MAX_VALUE) {
                problem.set("The new " + setting.key() + " is larger than a pool can be; write for instance 20.",
                        unchanged(setting, text));
                return;
            }
            asked.add(new PoolChange.Set(setting, value));
            texts.add(setting.key() + " " + currentText(setting) + " → " + setting.format(value));
        }
        if (asked.isEmpty()) {
            problem.set("There is no new value.",
                    () -> wanted.values().stream().allMatch(text -> text.get().isBlank()));
            return;
        }
        PoolSizes sizes = PoolSizes.after(target.chosenFigures().map(PoolFigures::now).map(PoolReading::settings)
                .orElse(Map.of()), asked);
        Optional<String> refused = sizes.problem();
        if (refused.isPresent()) {
            Map<PoolSetting, String> typed = texts();
            problem.set(refused.get(), () -> typed.equals(texts()));
            return;
        }
        ask("Pool " + target.chosenProperty().get() + ": " + String.join(", ", texts) + "?" + sizes.effect(),
                "Change", () -> make(asked));
        askingSettings = true;
    }

    private Map<PoolSetting, String> texts() {
        Map<PoolSetting, String> texts = new EnumMap<>(PoolSetting.class);
        wanted.forEach((setting, text) -> texts.put(setting, text.get().strip()));
        return texts;
    }

    private BooleanSupplier unchanged(PoolSetting setting, String typed) {
        return () -> wantedProperty(setting).get().strip().equals(typed);
    }

    /// Asks before an operation on the pool, with its effect.
    void ask(PoolChange change) {
        problem.set("");
        outcome.set("");
        PoolReading now = target.chosenFigures().map(PoolFigures::now).orElse(null);
        if (now == null) {
            problem.set("There is no pool.", () -> target.chosenFigures().isEmpty());
            return;
        }
        String pool = "Pool " + now.name() + ": ";
        switch (change) {
            case PoolChange.SoftEvict _ -> ask(pool + "close " + now.idle() + " idle connections now, and the "
                    + now.active() + " in use when they return? The next requests open new ones.",
                    "Replace connections", () -> make(List.of(change)));
            case PoolChange.Suspend _ -> ask(pool + "let further requests for a connection wait until you resume? "
                    + "They fail after " + currentText(PoolSetting.CONNECTION_TIMEOUT) + ". The " + now.active()
                    + " in use go on.", "Suspend", () -> make(List.of(change)));
            case PoolChange.Resume _ -> ask(pool + "grant connections again? " + now.waiting() + " threads wait.",
                    "Resume", () -> make(List.of(change)));
            case PoolChange.Set _ -> askSettings();
        }
    }

    private void ask(String text, String button, Runnable action) {
        confirmed = action;
        unlocking = false;
        askingSettings = false;
        answer.set(button);
        question.set(text);
    }

    /// Does what was asked about.
    void confirm() {
        Runnable action = confirmed;
        askingSettings = false;
        if (action != null) {
            action.run();
        }
        keep();
    }

    /// Changes nothing.
    void keep() {
        confirmed = null;
        unlocking = false;
        askingSettings = false;
        question.set("");
        refresh();
    }

    private void make(List<? extends PoolChange> asked) {
        TargetSession session = target.sessionProperty().get();
        String pool = target.chosenProperty().get();
        Map<PoolSetting, String> sent = texts();
        if (session == null) {
            return;
        }
        changes.call("change pool of target", () -> {
            List<PoolChange.Done> made = new ArrayList<>();
            for (PoolChange change : asked) {
                try {
                    made.add(session.change(pool, change));
                } catch (IllegalStateException e) {
                    return new Outcome(made, Sentences.of(e));
                }
            }
            return new Outcome(made, "");
        }).onSuccess(done -> show(done, sent)).onFailure(failure -> problem.set(Sentences.of(failure))).start();
    }

    /// @param sent what was typed for the changes: what is typed since stays
    private void show(Outcome done, Map<PoolSetting, String> sent) {
        outcome.set(done.made().isEmpty()
                ? ""
                : "Changed: " + String.join("; ", done.made().stream().map(PoolChange.Done::text).toList()) + ".");
        problem.set(done.problem());
        for (PoolChange.Done made : done.made()) {
            if (made.change() instanceof PoolChange.Set set
                    && Objects.equals(texts().get(set.setting()), sent.get(set.setting()))) {
                wantedProperty(set.setting()).set("");
            }
        }
        target.refresh();
        refresh();
    }

    private String currentText(PoolSetting setting) {
        return currentProperty(setting).get();
    }

    /// Returns the text of the new value; empty for none.
    StringProperty wantedProperty(PoolSetting setting) {
        return Objects.requireNonNull(wanted.get(setting));
    }

    /// Returns the value in force, with its unit.
    ReadOnlyStringProperty currentProperty(PoolSetting setting) {
        return Objects.requireNonNull(current.get(setting)).getReadOnlyProperty();
    }

    /// Returns the position of the switch that allows changes.
    BooleanProperty allowedProperty() {
        return allowed;
    }

    ReadOnlyBooleanProperty unlockedProperty() {
        return unlocked.getReadOnlyProperty();
    }

    /// Returns the question; empty without one.
    ReadOnlyStringProperty questionProperty() {
        return question.getReadOnlyProperty();
    }

    /// Returns the label of the button that confirms.
    ReadOnlyStringProperty answerProperty() {
        return answer.getReadOnlyProperty();
    }

    ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }
}
