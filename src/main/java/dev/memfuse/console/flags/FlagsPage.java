package dev.memfuse.console.flags;

import java.util.Map;
import java.util.function.Consumer;

import javafx.scene.Node;
import javafx.scene.Parent;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.TaskRunner;

/// The page of all settings.
public final class FlagsPage implements Page {
    private final FlagsViewModel model;
    private final Parent view;

    /// @param said shows one line for the user
    public FlagsPage(Tunables tunables, ConfigProfiles profiles, TaskRunner tasks, Consumer<String> said) {
        model = new FlagsViewModel(tunables, profiles, tasks, FxThread.EXECUTOR, said);
        view = new FxmlViews(Map.of(FlagsController.class, () -> new FlagsController(model), FlagsSideController.class,
                () -> new FlagsSideController(model))).load(FxmlView.FLAGS);
    }

    @Override
    public String id() {
        return "flags";
    }

    @Override
    public String title() {
        return "Flags";
    }

    @Override
    public String icon() {
        return Icons.FLAGS;
    }

    @Override
    public Node view() {
        return view;
    }

    @Override
    public void onShown() {
        model.profiles().reload();
    }
}
