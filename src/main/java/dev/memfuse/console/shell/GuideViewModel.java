package dev.memfuse.console.shell;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import dev.memfuse.console.action.ActionRegistry;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.engine.host.EngineState;

/// The guided path of a first start: run a load, switch the bypass, see before and after, compare both. A step ends
/// when it is done, by its button or in any other way, and waits for what it needs: the engine, and figures on both
/// sides of the switch. A load that ends before these figures are there leads back to the first step, which says so.
/// Shown until it is done or left, and again on request. FX thread only.
public final class GuideViewModel {
    private static final String KEPT = "guide.done";
    /// Measured part of the load on each side of the switch: enough for its figures to differ by more than noise.
    private static final Duration SIDE = Duration.ofSeconds(10);
    private static final int LOAD = 0;
    private static final int SWITCH = 1;
    private static final int LOOK = 2;
    private static final int COMPARE = 3;

    private final ShellViewModel shell;
    private final Supplier<ActionRegistry> actions;
    private final Remembered remembered;
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final ReadOnlyIntegerWrapper step = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper waiting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private Duration switchedAt = Duration.ZERO;
    /// Number of the load that the steps are about.
    private int followed;
    /// Why the path is back at its first step; empty at a first try.
    private String back = "";

    /// A step.
    ///
    /// @param text what to do, and what to look at
    /// @param before what to wait for first; empty when that depends on the state
    /// @param button text of the button
    /// @param actions ids of the actions that the button runs, in this order
    private record Step(String text, String before, String button, List<String> actions) {}

    private static final List<Step> STEPS = List.of(
            new Step("Run a load and watch its latency on the Live page.", "", "Run load",
                    List.of("open.live", WindowActions.GUIDE_LOAD)),
            new Step("Switch the buffer bypass while the load runs: the charts mark the moment.",
                    "Wait for the figures before the switch: 10 s of a load after its warm-up.", "Switch bypass",
                    List.of("open.live", WindowActions.BYPASS)),
            new Step("See what the switch changed for adds: after it beside before. A single switch can be chance.",
                    "Wait for the figures after the switch: 10 s more of the load.", "Before and after",
                    List.of("open.live", "live.select.change", "live.select.adds")),
            new Step("Compare both settings in turn, which tells an effect from noise: the form is filled.", "",
                    "Open Compare", List.of("open.compare", "compare.bypass")));

    /// @param actions returns the actions of all pages
    /// @param firstStart whether the window opens for the first time
    public GuideViewModel(ShellViewModel shell, PageSwitch pages, Supplier<ActionRegistry> actions,
            Remembered remembered,
            boolean firstStart) {
        this.shell = shell;
        this.actions = actions;
        this.remembered = remembered;
        shell.engineProperty().subscribe(_ -> update());
        shell.readOnlyProperty().subscribe(_ -> update());
        shell.ownLoadProperty().subscribe(_ -> update());
        shell.bypassProperty().subscribe((_, _) -> switched());
        pages.currentProperty().subscribe(page -> {
            if (page.id().equals("compare") && shown.get() && step.get() >= LOOK) {
                leave();
            }
        });
        shown.set(firstStart && remembered.get(KEPT).isEmpty());
    }

    private void update() {
        OwnLoad load = shell.ownLoadProperty().get();
        if (step.get() == SWITCH && !load.running()) {
            goBack(load, "before the switch");
        } else if (step.get() == LOOK && !isCompared(load) && !(load.running() && load.number() == followed)) {
            goBack(load, load.number() == followed
                    ? seconds(load) + " after the switch, too soon for a comparison"
                    : "too soon after the switch for a comparison");
        }
        if (step.get() == LOAD && load.running()) {
            back = "";
            step.set(SWITCH);
        }
        waiting.set(switch (step.get()) {
            case LOAD -> !isLoadPossible();
            case SWITCH -> !load.measuring() || !isLong(load.measured());
            case LOOK -> !isCompared(load);
            default -> false;
        });
        text.set(describe(load));
    }

    private void goBack(OwnLoad load, String when) {
        back = switch (load.end()) {
            case STOPPED -> "The load was stopped " + when + ".";
            case FAILED -> "The load failed " + when + ". " + load.reason();
            case ENDED, RUNNING, NONE -> "The load ended " + when + ".";
        };
        step.set(LOAD);
    }

    private boolean isLoadPossible() {
        return shell.readyProperty().get() && !shell.readOnlyProperty().get();
    }

    /// Returns whether there are figures enough after the switch.
    private boolean isCompared(OwnLoad load) {
        return load.number() == followed && isLong(load.measured().minus(switchedAt));
    }

    private static boolean isLong(Duration measured) {
        return measured.compareTo(SIDE) >= 0;
    }

    private String seconds(OwnLoad load) {
        return load.measured().minus(switchedAt).toSeconds() + " s";
    }

    /// A switch before there are figures to compare with is none.
    private void switched() {
        if (step.get() == SWITCH && !waiting.get()) {
            OwnLoad load = shell.ownLoadProperty().get();
            followed = load.number();
            switchedAt = load.measured();
            step.set(LOOK);
            update();
        }
    }

    /// Returns what to do, or what to wait for first.
    private String describe(OwnLoad load) {
        Step now = STEPS.get(step.get());
        if (step.get() == LOAD) {
            String next = waiting.get() ? blocked() : back.isEmpty() ? now.text() : "Run it again.";
            return (back + " " + next).strip();
        }
        if (!waiting.get()) {
            return now.text();
        }
        return load.over() ? ending(load) : now.before();
    }

    private String ending(OwnLoad load) {
        String when = step.get() == SWITCH
                ? "before the switch"
                : seconds(load) + " after the switch, too soon for a comparison";
        return "The load ends " + when + ". Run it again afterwards.";
    }

    /// Returns why no load can run.
    private String blocked() {
        if (shell.readyProperty().get()) {
            return "The database is read-only, where no load runs: choose another one on the Database page.";
        }
        return switch (shell.engineProperty().get()) {
            case EngineState.Failed _ -> "The engine did not start. Once it runs, run a load.";
            case EngineState.Stopping _,EngineState.Stopped _ -> "The engine is stopped. Once it runs, run a load.";
            case EngineState.Starting _,EngineState.Ready _ ->
                "The engine starts. Then run a load and watch its latency on the Live page.";
        };
    }

    /// Shows the path from its first step.
    public void start() {
        back = "";
        step.set(LOAD);
        shown.set(true);
        update();
    }

    /// Runs the actions of the step, unless it waits.
    void act() {
        if (waiting.get()) {
            return;
        }
        boolean looks = step.get() == LOOK;
        STEPS.get(step.get()).actions().forEach(id -> actions.get().fire(id));
        if (looks) {
            step.set(COMPARE);
            update();
        }
    }

    /// Hides the path, also at the next starts.
    public void leave() {
        remembered.put(KEPT, "true");
        shown.set(false);
        back = "";
        step.set(LOAD);
        update();
    }

    /// Returns what to do, or what to wait for first, after what went wrong before.
    ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /// Returns the text of the button.
    String button() {
        return STEPS.get(step.get()).button();
    }

    /// Returns the position of the step as text: "Step 1 of 4".
    String position() {
        return "Step " + (step.get() + 1) + " of " + STEPS.size();
    }

    /// Returns the number of the step, from 0.
    ReadOnlyIntegerProperty stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// Returns whether the step waits for something, so that its button does nothing.
    ReadOnlyBooleanProperty waitingProperty() {
        return waiting.getReadOnlyProperty();
    }

    /// Returns whether the path is shown.
    BooleanProperty shownProperty() {
        return shown;
    }
}
