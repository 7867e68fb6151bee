package dev.memfuse.console;

import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import javafx.application.Platform;
import javafx.stage.Stage;

import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Page;
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

    /// Returns whether this machine has a display.
    public static boolean displayAvailable() {
        return !GraphicsEnvironment.isHeadless();
    }

    /// Opens the window and blocks until it is closed.
    public static void openAndWait(ConsoleContext context) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Platform.startup(() -> {
            Platform.setImplicitExit(false);
            try {
                Console console = open(context);
                console.stage().showingProperty().subscribe(showing -> {
                    if (!showing) {
                        closed.complete(null);
                    }
                });
            } catch (Throwable e) {
                closed.completeExceptionally(e);
            }
        });
        closed.join();
        LOG.info("Window: closed");
        Platform.exit();
    }

    /// Opens the window and presents uncaught exceptions of all threads in it.
    private static Console open(ConsoleContext context) {
        Console console = Console.open(new Stage(), context);
        LOG.info("Window: opened");
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> console.errors().present(failure));
        return console;
    }

    /// Opens the window on JavaFX's headless platform with software rendering; it needs no display, X server or GTK.
    public static ConsoleLauncher headless(ConsoleContext context) throws InterruptedException {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        CompletableFuture<Console> opened = new CompletableFuture<>();
        Platform.startup(() -> {
            Platform.setImplicitExit(false);
            try {
                opened.complete(open(context));
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
        Platform.exit();
    }
}
