package dev.memfuse.console.shell;

import java.util.List;
import java.util.function.Supplier;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import dev.memfuse.console.action.ActionRegistry;
import dev.memfuse.console.fx.Remembered;

/// The guided path of a first start: run a load, switch the bypass, compare both. Each step ends when it is done, by
/// its button or in any other way. Shown until it is done or left, and again on request. FX thread only.
public final class GuideViewModel {
    private static final String KEPT = "guide.done";

    private final Supplier<ActionRegistry> actions;
    private final Remembered remembered;
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final ReadOnlyIntegerWrapper step = new ReadOnlyIntegerWrapper();

    /// A step.
    ///
    /// @param text what to do, and what to look at
    /// @param button text of the button
    /// @param actions ids of the actions that the button runs, in this order
    record Step(String text, String button, List<String> actions) {}

    private static final List<Step> STEPS = List.of(
            new Step("Run a load and watch its latency on the Live page.", "Run load",
                    List.of("open.live", WindowActions.RUN)),
            new Step("Switch the buffer bypass while the load runs: the charts mark the moment.", "Switch bypass",
                    List.of("open.live", WindowActions.BYPASS)),
            new Step("Compare both settings under the same load: the form is filled.", "Open Compare",
                    List.of("open.compare", "compare.bypass")));

    /// @param actions returns the actions of all pages
    /// @param firstStart whether the window opens for the first time
    public GuideViewModel(ShellViewModel shell, PageSwitch pages, Supplier<ActionRegistry> actions,
            Remembered remembered,
            boolean firstStart) {
        this.actions = actions;
        this.remembered = remembered;
        shell.loadRunningProperty().subscribe(running -> {
            if (running) {
                done(0);
            }
        });
        shell.bypassProperty().subscribe((_, _) -> done(1));
        pages.currentProperty().subscribe(page -> {
            if (page.id().equals("compare")) {
                done(2);
            }
        });
        shown.set(firstStart && remembered.get(KEPT).isEmpty());
    }

    private void done(int number) {
        if (shown.get() && step.get() == number) {
            if (number == STEPS.size() - 1) {
                leave();
            } else {
                step.set(number + 1);
            }
        }
    }

    /// Shows the path from its first step.
    public void start() {
        step.set(0);
        shown.set(true);
    }

    /// Runs the actions of the step.
    void act() {
        current().actions().forEach(id -> actions.get().fire(id));
    }

    /// Hides the path, also at the next starts.
    public void leave() {
        remembered.put(KEPT, "true");
        shown.set(false);
        step.set(0);
    }

    /// Returns the step.
    Step current() {
        return STEPS.get(step.get());
    }

    /// Returns the position of the step as text: "Step 1 of 3".
    String position() {
        return "Step " + (step.get() + 1) + " of " + STEPS.size();
    }

    /// Returns the number of the step, from 0.
    ReadOnlyIntegerProperty stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// Returns whether the path is shown.
    BooleanProperty shownProperty() {
        return shown;
    }
}
