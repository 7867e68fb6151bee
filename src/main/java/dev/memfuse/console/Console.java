package dev.memfuse.console;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.action.ActionKeys;
import dev.memfuse.console.action.ActionRegistry;
import dev.memfuse.console.action.Keymap;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.ControlHabits;
import dev.memfuse.console.fx.DesktopNotifier;
import dev.memfuse.console.fx.ErrorPresenter;
import dev.memfuse.console.fx.ErrorSurface;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.FxDebouncer;
import dev.memfuse.console.fx.FxTaskRunner;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Preferences;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.SerialTaskRunner;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.console.fx.WriteGuard;
import dev.memfuse.console.load.LoadPage;
import dev.memfuse.console.log.LogPage;
import dev.memfuse.console.palette.PaletteController;
import dev.memfuse.console.palette.PaletteViewModel;
import dev.memfuse.console.shell.AlertNotices;
import dev.memfuse.console.shell.ErrorDialog;
import dev.memfuse.console.shell.FolderInUseController;
import dev.memfuse.console.shell.FolderInUseViewModel;
import dev.memfuse.console.shell.GuideController;
import dev.memfuse.console.shell.GuideViewModel;
import dev.memfuse.console.shell.HelpController;
import dev.memfuse.console.shell.LogLink;
import dev.memfuse.console.shell.Notifications;
import dev.memfuse.console.shell.PageSwitch;
import dev.memfuse.console.shell.SaveProblem;
import dev.memfuse.console.shell.ShellController;
import dev.memfuse.console.shell.ShellViewModel;
import dev.memfuse.console.shell.StatusBarController;
import dev.memfuse.console.shell.StatusViewModel;
import dev.memfuse.console.shell.StoppingController;
import dev.memfuse.console.shell.StoppingViewModel;
import dev.memfuse.console.shell.WindowActions;
import dev.memfuse.console.shell.WindowIcon;
import dev.memfuse.console.shell.WindowState;
import dev.memfuse.console.shell.WindowStateFile;
import dev.memfuse.engine.host.EngineHost;

/// The window. Shows itself on a stage, follows the state of the engine, and saves its size, page and theme.
///
/// FX thread only. Closing it stops its own activities and leaves the services of its context running.
public final class Console implements AutoCloseable {
    private static final Duration STATUS_PERIOD = Duration.ofMillis(250);
    private static final double MIN_WIDTH = 720;
    private static final double MIN_HEIGHT = 520;
    private static final Duration SAVE_DELAY = Duration.ofMillis(500);

    private final Stage stage;
    private final ErrorPresenter errors = new ErrorPresenter(FxThread.EXECUTOR);
    private final FxTaskRunner tasks = new FxTaskRunner(FxThread.EXECUTOR, errors::present);
    private final WindowStateFile file;
    private final SaveProblem saveProblem;
    private final Remembered remembered;
    private final FxDebouncer saving = new FxDebouncer(SAVE_DELAY, this::save);
    private final ConsolePages built;
    private final PageSwitch pages;
    private final StatusViewModel status;
    private final ShellViewModel shell;
    private final StoppingViewModel stopping;
    private final FolderInUseViewModel folderInUse;
    private final Themes themes;
    private final Preferences preferences;
    private final Keymap keymap;
    private final GuideViewModel guide;
    private final Overlays overlays;
    private final Scene scene;
    private final FxTicker ticker;
    private final Tunables.Subscription changes;
    private Optional<Path> nextFolder = Optional.empty();
    private double width;
    private double height;
    private CompletableFuture<Void> lastSave = CompletableFuture.completedFuture(null);
    private boolean complete;
    private boolean closed;

    private Console(Stage stage, ConsoleContext context, WindowStateFile.Saved earlier) {
        this.stage = stage;
        file = new WindowStateFile(context.stateFolder());
        WindowState saved = earlier.state();
        width = saved.width();
        height = saved.height();
        remembered = new Remembered(saved.kept());
        LogLink logLink = new LogLink(context.log(), this::showLog);
        Notifications notifications = new Notifications(new ErrorDialog(stage, logLink)::show);
        errors.display(notifications);
        saveProblem = new SaveProblem(notifications::warn);
        status = new StatusViewModel(context.monitoring().hub(), context.monitoring().monitor());
        preferences = new Preferences(remembered);
        themes = new Themes(saved.theme(), preferences);
        PageTools tools = new PageTools(tasks, new SerialTaskRunner(tasks, errors::present), notifications::inform,
                notifications::warn, remembered, preferences);
        built = new ConsolePages(context, tools, themes,
                new ConsolePages.Actions(() -> startLoad(Duration.ZERO), this::showLogAt, this::showPage),
                status.latestProperty());
        pages = new PageSwitch(built.all());
        EngineHost host = context.engine().host();
        Tunables tunables = context.settings().tunables();
        stopping = new StoppingViewModel(context.engine().stop(), System::nanoTime);
        shell = new ShellViewModel(host, tunables, context.loads(), tools);

        folderInUse = new FolderInUseViewModel(
                new FolderInUseViewModel.Actions(host::retry, this::openFolder, this::requestClose), tasks,
                FxThread.EXECUTOR);
        BooleanProperty help = completing();
        BooleanProperty paletteShown = completing();
        keymap = new Keymap(new ActionRegistry(WindowActions.of(new WindowActions.Targets(shell, pages, themes,
                this::startLoad, help, paletteShown, this::showGuide, this::requestClose))), remembered);
        guide = new GuideViewModel(shell, pages, this::actions, remembered,
                earlier.equals(WindowStateFile.Saved.NOTHING));
        PaletteViewModel palette = new PaletteViewModel(built.palette(keymap, pages, tasks), remembered);
        palette.shownProperty().bindBidirectional(paletteShown);
        Parent root = new FxmlViews(Map.of(ShellController.class,
                () -> new ShellController(shell, pages, notifications, keymap, logLink), StatusBarController.class,
                () -> new StatusBarController(status), GuideController.class, () -> new GuideController(guide)))
                .load(FxmlView.SHELL);
        Predicate<KeyEvent> isQuit = event -> keymap.matches(WindowActions.QUIT, event);
        overlays = new Overlays((Pane) root, List.of(
                new Overlays.Part(FxmlView.HELP, HelpController.class,
                        () -> new HelpController(help, keymap, pages.pages())),
                new Overlays.Part(FxmlView.PALETTE, PaletteController.class,
                        () -> new PaletteController(palette,
                                isQuit.or(event -> keymap.matches(WindowActions.PALETTE, event)))),
                new Overlays.Part(FxmlView.FOLDER_IN_USE, FolderInUseController.class,
                        () -> new FolderInUseController(folderInUse, isQuit)),
                new Overlays.Part(FxmlView.STOPPING, StoppingController.class,
                        () -> new StoppingController(stopping, isQuit))));
        WriteGuard.install(root, shell.readOnlyProperty());
        WindowState fitting = saved.within(Screen.getPrimary().getVisualBounds());
        scene = new Scene(root, fitting.width(), fitting.height());
        themes.install(scene);
        ActionKeys.install(scene, keymap, () -> pages.currentProperty().get().id());
        ControlHabits.install(scene);

        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> {
            shell.engineState(host.state());
            status.engineState(host.state());
            stopping.engineState(host.state());
            folderInUse.engineState(host.state());
        });
        host.onState(_ -> state.request());
        FxCoalescer config = new FxCoalescer(FxThread.EXECUTOR, shell::showConfig);
        changes = tunables.onChange(_ -> config.request());
        AlertNotices notices = new AlertNotices(new DesktopNotifier(), tasks,
                () -> preferences.notifyProperty().get() && !stage.isFocused());
        status.alertsProperty().subscribe(notices::show);
        ticker = new FxTicker(STATUS_PERIOD, FxThread.EXECUTOR, this::tick);
        showStage(saved);
        if (!earlier.problem().isEmpty()) {
            notifications.show(new ErrorSurface.Notification(earlier.problem(), ""), 1);
        }
    }

    /// Opens the window: its frame, with the state of the engine. [#openPage] opens a page in it.
    ///
    /// @param stage not shown yet; hiding it closes the window
    /// @param earlier what an earlier start left, read off the FX thread
    public static Console open(Stage stage, ConsoleContext context, WindowStateFile.Saved earlier) {
        return new Console(stage, context, earlier);
    }

    /// Opens the chosen page. Called once the frame of the window has been drawn, so that no page delays it.
    public void openPage() {
        overlays.load();
        pages.begin();
    }

    /// Builds one page that does not exist yet; the last one gives the actions of all pages to palette, help and
    /// settings.
    ///
    /// @return false when all exist, or the window is closed
    public boolean buildNextPage() {
        if (closed) {
            return false;
        }
        if (built.buildNext()) {
            return true;
        }
        if (!complete) {
            complete = true;
            keymap.add(pages.pages().stream()
                    .flatMap(page -> page.actions().stream().map(action -> action.on(page.id()))).toList());
            built.settings().showKeys(keymap,
                    pages.pages().stream().collect(Collectors.toMap(Page::id, Page::title)));
        }
        return false;
    }

    /// Builds all pages that do not exist yet.
    public void buildPages() {
        while (buildNextPage()) {
            // One after the other.
        }
    }

    /// Returns whether something is open that lists the actions of all pages.
    private BooleanProperty completing() {
        BooleanProperty open = new SimpleBooleanProperty();
        open.subscribe(now -> {
            if (now) {
                overlays.load();
                buildPages();
            }
        });
        return open;
    }

    private void showGuide() {
        guide.start();
    }

    private void startLoad(Duration atLeast) {
        LoadPage load = built.load();
        load.start(atLeast, () -> pages.show(load.id()));
    }

    private void showLog() {
        pages.show(LogPage.INFO.id());
    }

    private void showLogAt(Instant moment) {
        showLog();
        built.log().showMoment(moment);
    }

    private void tick() {
        status.tick();
        shell.storageProblem(status.storageProblemProperty().get());
        shell.tick();
        stopping.tick(status.latest());
        pages.currentProperty().get().tick();
    }

    private void showStage(WindowState saved) {
        stage.setTitle("MemFuse Console");
        WindowIcon.put(stage);
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        stage.setScene(scene);
        stage.setMaximized(saved.maximized());
        pages.show(saved.page());
        saveChanges();
        stage.setOnCloseRequest(this::closeRequested);
        stopping.closeableProperty().subscribe(closeable -> {
            if (closeable) {
                stage.hide();
            }
        });
        stage.setOnHidden(_ -> close());
        stage.show();
    }

    /// Keeps the window open until the engine has stored its buffers.
    private void closeRequested(WindowEvent request) {
        if (stopping.closeRequested() == StoppingViewModel.Response.WAIT) {
            request.consume();
        }
    }

    private void requestClose() {
        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
    }

    private void openFolder(Path folder) {
        nextFolder = Optional.of(folder);
        requestClose();
    }

    /// Returns the data folder on which another window is to open once this one is closed; empty for none.
    public Optional<Path> nextFolder() {
        return nextFolder;
    }

    private void saveChanges() {
        List.of(stage.widthProperty(), stage.heightProperty(), stage.maximizedProperty(), pages.currentProperty(),
                themes.choiceProperty()).forEach(value -> value.subscribe(saving::request));
        remembered.onChange(saving::request);
    }

    private void save() {
        WindowState now = state();
        tasks.call("save window state", () -> file.save(now)).onSuccess(saveProblem::show).start();
    }

    private WindowState state() {
        boolean maximized = stage.isMaximized();
        if (!maximized) {
            width = scene.getWidth();
            height = scene.getHeight();
        }
        return new WindowState(width, height, maximized, pages.currentProperty().get().id(),
                themes.choiceProperty().get(), remembered.values());
    }

    /// Opens a page. An unknown id changes nothing.
    public void showPage(String id) {
        pages.show(id);
    }

    /// Returns the pages, in the order of the navigation.
    public List<Page> pages() {
        return pages.pages();
    }

    /// Returns the scene of the window.
    public Scene scene() {
        return scene;
    }

    /// Returns the stage of the window.
    public Stage stage() {
        return stage;
    }

    /// Returns the themes of the window.
    public Themes themes() {
        return themes;
    }

    /// Hides the guided path of a first start, for a window that nobody uses.
    void leaveGuide() {
        guide.leave();
    }

    /// Returns the choices of the user for the window.
    public Preferences preferences() {
        return preferences;
    }

    /// Returns the actions of the window and its pages; builds the pages that do not exist yet.
    public ActionRegistry actions() {
        buildPages();
        return keymap.actions();
    }

    /// Returns the presenter of failures, for the global handlers of the program.
    public ErrorPresenter errors() {
        return errors;
    }

    /// Returns the end of the last save of the state, after [#close].
    public CompletableFuture<Void> lastSave() {
        return lastSave;
    }

    /// Stops all activities of the window and saves its state. Closing twice has no effect.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        saving.cancel();
        ticker.close();
        changes.close();
        status.close();
        pages.close();
        built.close();
        themes.close();
        WindowState last = state();
        lastSave = tasks.closeAfter("save window state", () -> {
            String _ = file.save(last);
        });
        stage.hide();
    }
}
