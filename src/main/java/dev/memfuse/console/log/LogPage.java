package dev.memfuse.console.log;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

import javafx.scene.Node;
import javafx.scene.Parent;

import dev.memfuse.console.fx.DesktopFiles;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.log.LogLocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The page that shows the log. It reads the file only while it is visible.
public final class LogPage implements Page, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogPage.class);
    private static final Duration RHYTHM = Duration.ofMillis(500);

    private final LogViewModel model;
    private final Parent view;
    private @Nullable FxTicker ticker;

    /// @param notify shows one line for the user
    public LogPage(LogLocation location, TaskRunner tasks, Consumer<String> notify) {
        model = new LogViewModel(location, tasks, DesktopFiles::open, Clock.systemUTC(), notify);
        view = new FxmlViews(Map.of(LogController.class, () -> new LogController(model))).load(FxmlView.LOG);
    }

    /// Shows the entries around a moment.
    public void showMoment(Instant moment) {
        model.showMoment(moment);
    }

    /// Frees the file; for the end of the window.
    @Override
    public void close() {
        try {
            model.close();
        } catch (IOException e) {
            LOG.debug("Window: the log could not be closed", e);
        }
    }

    @Override
    public String id() {
        return "log";
    }

    @Override
    public String title() {
        return "Log";
    }

    @Override
    public String icon() {
        return Icons.LOG;
    }

    @Override
    public Node view() {
        return view;
    }

    @Override
    public void onShown() {
        model.shown();
        ticker = new FxTicker(RHYTHM, FxThread.EXECUTOR, model::tick);
    }

    @Override
    public void onHidden() {
        if (ticker != null) {
            ticker.close();
            ticker = null;
        }
    }
}
