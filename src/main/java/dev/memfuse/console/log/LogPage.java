package dev.memfuse.console.log;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javafx.scene.Parent;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.DataAge;
import dev.memfuse.console.fx.DesktopFiles;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.log.LogLocation;
import dev.memfuse.metrics.SteadyClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Log page: the end of the log, filtered and searched. It reads the file only while it is visible.
public final class LogPage extends PageFrame implements AutoCloseable {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("log", "Log", Icons.LOG);
    private static final Logger LOG = LoggerFactory.getLogger(LogPage.class);
    private static final Duration TICK = Duration.ofMillis(500);

    private final LogViewModel model;
    private final LogController controller;

    public LogPage(LogLocation location, PageTools tools) {
        this(new LogViewModel(location, tools, new DesktopFiles(), SteadyClock.process()));
    }

    private LogPage(LogViewModel model) {
        this(model, new LogController(model));
    }

    private LogPage(LogViewModel model, LogController controller) {
        super(INFO, load(controller));
        this.model = model;
        this.controller = controller;
        bindState(model.stateProperty());
        DataAge age = new DataAge();
        showAge(age);
        whileShown(() -> {
            model.shown();
            return new FxTicker(TICK, FxThread.EXECUTOR, () -> {
                model.tick();
                age.updated();
            })::close;
        });
    }

    private static Parent load(LogController controller) {
        return new FxmlViews(Map.of(LogController.class, () -> controller)).load(FxmlView.LOG);
    }

    @Override
    public List<Action> actions() {
        return controller.actions();
    }

    /// Shows the entries around a moment.
    public void showMoment(Instant moment) {
        model.showMoment(moment);
    }

    /// Closes the file; called when the window is closed.
    @Override
    public void close() {
        try {
            model.close();
        } catch (IOException e) {
            LOG.debug("Window: the log could not be closed", e);
        }
    }
}
