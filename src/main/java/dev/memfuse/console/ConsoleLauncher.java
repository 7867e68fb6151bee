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

/// Starts the toolkit and the window from a thread that is not the FX thread.
public final class ConsoleLauncher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleLauncher.class);
    private static final int PICTURE_WIDTH = 1280;
    private static final int PICTURE_HEIGHT = 800;

    private final Console console;

    private ConsoleLauncher(Console console) {
        this.console = console;
    }

    /// Whether this machine can show a window now.
    public static boolean displayAvailable() {
        return !GraphicsEnvironment.isHeadless();
    }

    /// Opens the window and returns when it was closed.
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
            } catch (RuntimeException e) {
                closed.completeExceptionally(e);
            }
        });
        closed.join();
        LOG.info("Window: closed");
        Platform.exit();
    }

    /// What nobody caught, on any thread, is shown to the user.
    private static Console open(ConsoleContext context) {
        Console console = Console.open(new Stage(), context);
        LOG.info("Window: opened");
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> console.errors().present(failure));
        return console;
    }

    /// Opens the window on JavaFX's own headless platform with software rendering: no display, no X server, no GTK.
    public static ConsoleLauncher headless(ConsoleContext context) throws InterruptedException {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        CompletableFuture<Console> opened = new CompletableFuture<>();
        Platform.startup(() -> {
            Platform.setImplicitExit(false);
            try {
                opened.complete(open(context));
            } catch (RuntimeException e) {
                opened.completeExceptionally(e);
            }
        });
        return new ConsoleLauncher(get(opened));
    }

    /// Saves a picture of pages in both themes; blocks until they are written.
    ///
    /// @param wanted which pages, by their id
    public List<Path> savePictures(Path folder, Predicate<String> wanted) throws InterruptedException {
        CompletableFuture<List<Path>> saved = new CompletableFuture<>();
        List<Page> pages = console.pages().stream().filter(page -> wanted.test(page.id())).toList();
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

    /// Closes the window and ends the toolkit.
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
