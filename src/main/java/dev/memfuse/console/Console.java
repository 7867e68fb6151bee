package dev.memfuse.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javafx.animation.PauseTransition;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.ErrorPresenter;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.FxTaskRunner;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.console.load.LoadPage;
import dev.memfuse.console.log.LogPage;
import dev.memfuse.console.shell.ErrorDialog;
import dev.memfuse.console.shell.HelpController;
import dev.memfuse.console.shell.LogLink;
import dev.memfuse.console.shell.Notifications;
import dev.memfuse.console.shell.PageSwitch;
import dev.memfuse.console.shell.ShellController;
import dev.memfuse.console.shell.ShellViewModel;
import dev.memfuse.console.shell.Shortcuts;
import dev.memfuse.console.shell.StatusBarController;
import dev.memfuse.console.shell.StatusViewModel;
import dev.memfuse.console.shell.StoppingController;
import dev.memfuse.console.shell.StoppingViewModel;
import dev.memfuse.console.shell.WindowState;
import dev.memfuse.console.shell.WindowStateFile;
import dev.memfuse.engine.host.EngineHost;

/// The window. Shows itself on a stage, follows the engine from any state on, and remembers its size, page and theme.
///
/// Opened, used and closed on the FX thread. Closing it closes what it started and nothing of its context.
public final class Console implements AutoCloseable {
    private static final Duration STATUS_RHYTHM = Duration.ofMillis(250);
    private static final double SMALLEST_WIDTH = 720;
    private static final double SMALLEST_HEIGHT = 520;
    private static final javafx.util.Duration SAVE_AFTER = javafx.util.Duration.millis(500);

    private final Stage stage;
    private final ErrorPresenter errors = new ErrorPresenter(FxThread.EXECUTOR);
    private final FxTaskRunner tasks = new FxTaskRunner(FxThread.EXECUTOR, errors::present);
    private final WindowStateFile file;
    private final PauseTransition saving = new PauseTransition(SAVE_AFTER);
    private final LoadPage load;
    private final LogPage log;
    private final PageSwitch pages;
    private final StatusViewModel status;
    private final ShellViewModel shell;
    private final StoppingViewModel stopping;
    private final Themes themes;
    private final Scene scene;
    private final FxTicker ticker;
    private final Tunables.Subscription changes;
    private boolean closed;

    private Console(Stage stage, ConsoleContext context) {
        this.stage = stage;
        file = new WindowStateFile(context.stateFolder());
        WindowState remembered = file.load();
        LogLink logLink = new LogLink(context.log(), this::showLog);
        Notifications notices = new Notifications(new ErrorDialog(stage, logLink)::show);
        errors.display(notices);
        ConsolePages built = ConsolePages.create(context, new PageTools(tasks, notices::say), this::startLoad,
                this::showLogAt);
        load = built.load();
        log = built.log();
        pages = new PageSwitch(built.all());
        EngineHost host = context.engine().host();
        Tunables tunables = context.settings().tunables();
        status = new StatusViewModel(context.monitoring().hub(), context.monitoring().monitor());
        stopping = new StoppingViewModel(context.engine().stop(), System::nanoTime);
        shell = new ShellViewModel(host, tunables, context.loads(), tasks, notices::say);

        themes = new Themes(remembered.theme());
        ShellController frame = new ShellController(shell, pages, notices, this::startLoad, themes, logLink);
        Parent root = new FxmlViews(Map.of(ShellController.class, () -> frame, StatusBarController.class,
                () -> new StatusBarController(status), HelpController.class, HelpController::new,
                StoppingController.class, () -> new StoppingController(stopping)))
                .load(FxmlView.SHELL);
        // The screen may be another one than when the size was remembered.
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        scene = new Scene(root, Math.min(remembered.width(), screen.getWidth()),
                Math.min(remembered.height(), screen.getHeight()));
        themes.dress(scene);
        Shortcuts.install(scene, pages, frame);

        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> {
            shell.engineState(host.state());
            status.engineState(host.state());
            stopping.engineState(host.state());
        });
        host.onState(_ -> state.request());
        FxCoalescer config = new FxCoalescer(FxThread.EXECUTOR, shell::showConfig);
        changes = tunables.onChange(_ -> config.request());
        ticker = new FxTicker(STATUS_RHYTHM, FxThread.EXECUTOR, this::tick);
        showStage(remembered);
    }

    /// Opens the window.
    ///
    /// @param stage not shown yet; the window closes when it is hidden
    public static Console open(Stage stage, ConsoleContext context) {
        return new Console(stage, context);
    }

    private void startLoad() {
        load.start();
        if (!load.canStart()) {
            pages.show(load.id());
        }
    }

    private void showLog() {
        pages.show(log.id());
    }

    private void showLogAt(Instant moment) {
        showLog();
        log.showMoment(moment);
    }

    private void tick() {
        status.tick();
        shell.storageTrouble(status.troubleProperty().get());
        shell.tick();
        stopping.tick(status.latest());
    }

    private void showStage(WindowState remembered) {
        stage.setTitle("MemFuse Console");
        stage.setMinWidth(SMALLEST_WIDTH);
        stage.setMinHeight(SMALLEST_HEIGHT);
        stage.setScene(scene);
        stage.setMaximized(remembered.maximized());
        pages.show(remembered.page());
        rememberChanges();
        stage.setOnCloseRequest(this::closeRequested);
        stopping.overProperty().subscribe(over -> {
            if (over) {
                stage.hide();
            }
        });
        stage.setOnHidden(_ -> close());
        stage.show();
    }

    /// The window stays until what is buffered is stored, so that it does not look as if that were done.
    private void closeRequested(WindowEvent request) {
        if (stopping.closeRequested() == StoppingViewModel.Answer.STAY) {
            request.consume();
        }
    }

    private void rememberChanges() {
        saving.setOnFinished(_ -> {
            WindowState now = state();
            tasks.call("save window state", () -> {
                file.save(now);
                return now;
            }).start();
        });
        List.of(stage.widthProperty(), stage.heightProperty(), stage.maximizedProperty(), pages.currentProperty(),
                themes.choiceProperty()).forEach(value -> value.subscribe(saving::playFromStart));
    }

    private WindowState state() {
        WindowState before = file.load();
        boolean maximized = stage.isMaximized();
        return new WindowState(maximized ? before.width() : scene.getWidth(),
                maximized ? before.height() : scene.getHeight(), maximized, pages.currentProperty().get().id(),
                themes.choiceProperty().get());
    }

    /// Opens a page; an unknown id changes nothing.
    public void showPage(String id) {
        pages.show(id);
    }

    /// The pages, in the order of the navigation.
    public List<Page> pages() {
        return pages.pages();
    }

    /// The whole window.
    public Scene scene() {
        return scene;
    }

    /// The stage it is on.
    public Stage stage() {
        return stage;
    }

    /// Its look.
    public Themes themes() {
        return themes;
    }

    /// Takes failures from anywhere, for the global handlers of the program.
    public ErrorPresenter errors() {
        return errors;
    }

    /// Stops everything the window started and remembers its state. Closing twice is harmless.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        saving.stop();
        ticker.close();
        changes.close();
        status.close();
        pages.close();
        log.close();
        themes.close();
        tasks.close();
        // The window is gone already: nobody waits for this small file.
        file.save(state());
        stage.hide();
    }
}
