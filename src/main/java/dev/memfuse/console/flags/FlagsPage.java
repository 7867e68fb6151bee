package dev.memfuse.console.flags;

import java.util.Map;

import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.console.context.Settings;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;

/// The Flags page: all settings, profiles and changes since start.
public final class FlagsPage extends PageFrame {

    /// Creates the page and its view; called on the FX thread.
    public FlagsPage(Settings settings, PageTools tools) {
        this(new FlagsViewModel(settings.tunables(), settings.profiles(), tools.tasks(), FxThread.EXECUTOR,
                tools.inform()));
    }

    private FlagsPage(FlagsViewModel model) {
        super(new PageInfo("flags", "Flags", Icons.FLAGS), load(model));
        whileShown(() -> {
            model.profiles().reload();
            return Subscription.EMPTY;
        });
    }

    private static Parent load(FlagsViewModel model) {
        return new FxmlViews(Map.of(FlagsController.class, () -> new FlagsController(model), FlagsSideController.class,
                () -> new FlagsSideController(model))).load(FxmlView.FLAGS);
    }
}
