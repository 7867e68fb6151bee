package dev.memfuse.console.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import javafx.beans.property.BooleanProperty;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.Themes;

/// The actions of the window that work on every page. FX thread only.
public final class WindowActions {
    /// Opens or closes the command palette.
    public static final String PALETTE = "window.palette";
    /// Opens or closes the help.
    public static final String HELP = "window.help";
    /// Closes the window; pressed again, without waiting for the engine.
    public static final String QUIT = "window.quit";
    static final String RUN = "load.run";
    static final String GUIDE_LOAD = "load.run.minute";
    static final String BYPASS = "engine.bypass";
    private static final int DIGITS = 10;

    private WindowActions() {}

    /// What the actions work on.
    ///
    /// @param startLoad starts the load of the form, which lasts at least the given time
    /// @param help whether the help is open
    /// @param palette whether the command palette is open
    /// @param guide shows the guided path
    /// @param quit closes the window as its own button does
    public record Targets(ShellViewModel shell, PageSwitch pages, Themes themes, Consumer<Duration> startLoad,
            BooleanProperty help, BooleanProperty palette, Runnable guide, Runnable quit) {}

    /// Returns the actions.
    public static List<Action> of(Targets targets) {
        ShellViewModel shell = targets.shell();
        List<Action> actions = new ArrayList<>(List.of(
                Action.of(PALETTE, "Search or run: pages, actions, settings, recordings",
                        () -> toggle(targets.palette())).keys("Shortcut+K"),
                Action.of(RUN, "Run or stop the load of the Load page", () -> runOrStop(targets)).keys("Shortcut+R")
                        .when(() -> shell.readyProperty().get() || shell.loadRunningProperty().get()),
                Action.of(GUIDE_LOAD, "Run the load of the Load page for at least a minute",
                        () -> targets.startLoad().accept(Duration.ofMinutes(1)))
                        .when(() -> shell.readyProperty().get() && !shell.loadRunningProperty().get()),
                Action.of(BYPASS, "Switch the buffer bypass", () -> toggle(shell.bypassProperty()))
                        .keys("Shortcut+B"),
                Action.of("settings.undo", "Undo the newest change of a setting", shell::undo).keys("Shortcut+Z"),
                Action.of("engine.retry", "Restart the failed engine", shell::retry)
                        .when(shell.retryableProperty()::get),
                Action.of("window.guide",
                        "Show the first steps: run a load, switch the bypass, see before and after, compare",
                        targets.guide()),
                Action.of(HELP, "Open or close the help", () -> toggle(targets.help())).keys("F1"),
                Action.of(QUIT, "Close the window: what is buffered is stored first", targets.quit())
                        .keys("Shortcut+Q")));
        actions.addAll(themes(targets.themes()));
        actions.addAll(pages(targets.pages()));
        return List.copyOf(actions);
    }

    private static List<Action> themes(Themes themes) {
        List<Action> actions = new ArrayList<>(List.of(Action.of("theme.toggle", "Switch between light and dark",
                themes::toggle).keys("Shortcut+D")));
        for (Themes.Choice choice : Themes.Choice.values()) {
            actions.add(Action.of("theme." + choice.name(), "Theme: " + choice.label(), () -> themes.choose(choice)));
        }
        return actions;
    }

    private static List<Action> pages(PageSwitch pages) {
        List<Action> actions = new ArrayList<>();
        int number = 1;
        for (Page page : pages.pages()) {
            Action open = Action.of(open(page), "Open the page " + page.title(), () -> pages.show(page.id()));
            actions.add(keys(number++).map(open::keys).orElse(open));
        }
        return actions;
    }

    /// Returns the id of the action that opens a page.
    static String open(Page page) {
        return "open." + page.id();
    }

    /// Returns the shortcut of a page by its position, from 1; the tenth has the digit 0, later ones have none.
    static Optional<String> keys(int number) {
        return number > DIGITS ? Optional.empty() : Optional.of("Shortcut+" + number % DIGITS);
    }

    private static void runOrStop(Targets targets) {
        if (targets.shell().loadRunningProperty().get()) {
            targets.shell().stopLoad();
        } else {
            targets.startLoad().accept(Duration.ZERO);
        }
    }

    private static void toggle(BooleanProperty property) {
        property.set(!property.get());
    }
}
