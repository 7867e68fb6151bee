package dev.memfuse.console;

import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import javafx.application.Platform;
import javafx.stage.Stage;

import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.DisplayConnection;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.Toolkit;
import dev.memfuse.console.shell.FailureWindow;
import dev.memfuse.console.shell.WindowStateFile;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.EngineState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the toolkit and the window. Called on threads other than the FX thread.
public final class ConsoleLauncher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleLauncher.class);
    private static final String LIBRARY_FOLDER = "javafx.cachedir";
    private static final int PICTURE_WIDTH = 1280;
    private static final int PICTURE_HEIGHT = 800;

    private final Console console;

    private ConsoleLauncher(Console console) {
        this.console = console;
    }

    /// Chooses the folder in which JavaFX keeps its native libraries, instead of one in the home folder. To be called
    /// before a window opens. A system property that is set already wins.
    public static void keepLibrariesIn(Path folder) {
        if (System.getProperty(LIBRARY_FOLDER) == null) {
            System.setProperty(LIBRARY_FOLDER, folder.toAbsolutePath().toString());
        }
    }

    /// Returns whether the user chose JavaFX's headless platform, whose windows need no display.
    public static boolean headlessPlatform() {
        return "Headless".equals(System.getProperty("glass.platform"));
    }

    /// Returns whether this machine has a display.
    public static boolean displayAvailable() {
        return !GraphicsEnvironment.isHeadless();
    }

    /// Starts the toolkit in the background, while the caller prepares what the window shows.
    public static void prepare() {
        Toolkit.begin();
    }

    /// Opens the window and blocks until it is closed.
    ///
    /// @param shown runs once the first frame is on the screen: what would compete with it for the processors
    /// @return the data folder on which the user wants the next window; empty to end
    /// @throws DisplayConnection.LostException when the display goes away
    public static Optional<Path> openAndWait(ConsoleContext context, Runnable shown) {
        WindowStateFile.Saved earlier = new WindowStateFile(context.stateFolder()).load();
        Toolkit.start();
        DisplayConnection.watch();
        try {
            return open(context, earlier, shown);
        } catch (DisplayConnection.LostException e) {
            LOG.error("Window: {} The engine stores what is buffered, then the program ends", e.getMessage());
            throw e;
        }
    }

    private static Optional<Path> open(ConsoleContext context, WindowStateFile.Saved earlier, Runnable shown) {
        Console console = onFxThread(() -> open(context, earlier));
        try {
            DisplayConnection.await(FirstFrame.of(console.scene()));
            shown.run();
            buildPages(console, context.engine().host());
        } catch (DisplayConnection.LostException e) {
            throw e;
        } catch (Throwable e) {
            // Half a window would be left beside the one that says why.
            onFxThread(() -> {
                console.close();
                return console;
            });
            throw e;
        }
        waitUntilClosed(console.stage());
        LOG.info("Window: closed");
        console.lastSave().join();
        return console.nextFolder();
    }

    /// Opens the page, and builds the others once the engine no longer starts: both would need the same processors. One
    /// page a turn of the FX thread, so that keys and clicks come between.
    private static void buildPages(Console console, EngineHost host) {
        CompletableFuture<Void> settled = onFxThread(() -> {
            console.openPage();
            CompletableFuture<Void> closed = new CompletableFuture<>();
            console.stage().showingProperty().subscribe(showing -> {
                if (!showing) {
                    closed.complete(null);
                }
            });
            return closed;
        });
        host.onState(state -> {
            if (!(state instanceof EngineState.Starting)) {
                settled.complete(null);
            }
        });
        DisplayConnection.await(settled);
        while (onFxThread(console::buildNextPage)) {
            // One more.
        }
        LOG.info("Window: all pages built");
    }

    /// Shows a window that says why the program did not start, and blocks until it is closed.
    ///
    /// @return false when no window can be shown
    public static boolean showFailure(FailureWindow.Failure failure) {
        try {
            Toolkit.start();
            waitUntilClosed(onFxThread(() -> FailureWindow.show(failure)));
            return true;
        } catch (Throwable e) {
            LOG.warn("Window: a failure cannot be shown", e);
            return false;
        }
    }

    /// Ends the toolkit; no window can be opened afterwards.
    public static void exit() {
        // Without a display it would wait for the FX thread.
        if (!DisplayConnection.isLost()) {
            Toolkit.exit();
        }
    }

    private static <T> T onFxThread(Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        FxThread.EXECUTOR.execute(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable e) {
                // An Error too: the caller would wait forever.
                done.completeExceptionally(e);
            }
        });
        return DisplayConnection.await(done);
    }

    private static void waitUntilClosed(Stage stage) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        FxThread.EXECUTOR.execute(() -> stage.showingProperty().subscribe(showing -> {
            if (!showing) {
                closed.complete(null);
            }
        }));
        DisplayConnection.await(closed);
    }

    /// Opens the window and presents uncaught exceptions of all threads in it.
    private static Console open(ConsoleContext context, WindowStateFile.Saved earlier) {
        Console console = Console.open(new Stage(), context, earlier);
        LOG.info("Window: opened");
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> console.errors().present(failure));
        return console;
    }

    /// Opens the window on JavaFX's headless platform with software rendering; it needs no display, X server or GTK.
    public static ConsoleLauncher headless(ConsoleContext context) throws InterruptedException {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        WindowStateFile.Saved earlier = new WindowStateFile(context.stateFolder()).load();
        CompletableFuture<Console> opened = new CompletableFuture<>();
        Platform.startup(() -> {
            Platform.setImplicitExit(false);
            try {
                Console console = open(context, earlier);
                console.leaveGuide();
                console.openPage();
                console.buildPages();
                opened.complete(console);
            } catch (Throwable e) {
                opened.completeExceptionally(e);
            }
        });
        return new ConsoleLauncher(get(opened));
    }

    /// Saves pictures of pages in both themes and blocks until they are written.
    ///
    /// @param filter selects pages by id
    public List<Path> savePictures(Path folder, Predicate<String> filter) throws InterruptedException {
        CompletableFuture<List<Path>> saved = new CompletableFuture<>();
        List<Page> pages = console.pages().stream().filter(page -> filter.test(page.id())).toList();
        FxThread.run(() -> PageImages
                .save(console, folder, PageImages.Shot.ofAll(pages, PICTURE_WIDTH, PICTURE_HEIGHT))
                .whenComplete((files, failure) -> {
                    if (failure == null) {
                        saved.complete(files);
                    } else {
                        saved.completeExceptionally(failure);
                    }
                }));
        return get(saved);
    }

    /// Shows a page.
    public void showPage(String id) {
        FxThread.run(() -> console.showPage(id));
    }

    private static <T> T get(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /// Closes the window and exits the toolkit.
    @Override
    public void close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        FxThread.run(() -> {
            console.close();
            done.complete(null);
        });
        done.join();
        console.lastSave().join();
        Platform.exit();
    }
}
