package dev.memfuse.console.lab.history;

import java.util.List;
import java.util.Map;

import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.load.recording.Recordings;

/// The History page: the recordings of earlier runs.
public final class HistoryPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("history", "History", Icons.HISTORY, "Lab");
    private static final int MIB_BITS = 20;

    private final HistoryViewModel model;

    /// @param targets where recordings are opened
    public HistoryPage(Recordings recordings, Tunables tunables, HistoryTargets targets, PageTools tools) {
        this(new HistoryViewModel(recordings, () -> (long) tunables.get().load().recordingsMib() << MIB_BITS,
                tools.tasks(), FxThread.EXECUTOR, targets, tools.inform()));
    }

    private HistoryPage(HistoryViewModel model) {
        super(INFO, load(model));
        this.model = model;
        whileShown(() -> {
            model.refresh();
            return Subscription.EMPTY;
        });
    }

    /// Shows all recordings and selects one.
    public void reveal(String id) {
        model.reveal(id);
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of("history.open", "Open the selected recording", model::open).keys("Shortcut+O")
                        .when(() -> model.selectedProperty().get().size() == 1),
                Action.of("history.delete", "Delete the selected recordings", model::askDelete)
                        .when(() -> !model.selectedProperty().get().isEmpty()));
    }

    private static Parent load(HistoryViewModel model) {
        return new FxmlViews(Map.of(HistoryController.class, () -> new HistoryController(model),
                RecordingController.class, () -> new RecordingController(model), SideBySideController.class,
                () -> new SideBySideController(model))).load(FxmlView.HISTORY);
    }
}
