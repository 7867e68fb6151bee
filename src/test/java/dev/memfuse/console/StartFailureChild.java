package dev.memfuse.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import javafx.application.Platform;
import javafx.scene.control.Labeled;
import javafx.stage.Window;

import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.context.EngineControl;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.shell.FailureWindow;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.host.DatabaseChoice;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.log.LogLocation;

/// Opens a window whose start fails with an Error, and then the window that says so. A process of its own, because a
/// toolkit starts once in a process.
final class StartFailureChild {
    private StartFailureChild() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "state");
        ConsoleContext context = Fakes.context(folder, new Fakes.Host(), new Fakes.Loads());
        EngineControl broken = new EngineControl(new BrokenHost(), context.engine().probe(), context.engine().server(),
                context.engine().plans(), context.engine().stop());
        try {
            ConsoleLauncher.openAndWait(new ConsoleContext(broken, context.settings(), context.monitoring(),
                    context.loads(), context.scenarios(), context.lab(), context.server(), context.targets(),
                    context.log(), folder),
                    () -> {});
        } catch (Throwable e) {
            System.out.println("failed: " + Sentences.of(e));
            Thread closing = new Thread(StartFailureChild::closeWindows);
            closing.setDaemon(true);
            closing.start();
            boolean shown = ConsoleLauncher.showFailure(
                    new FailureWindow.Failure(Sentences.of(e), Sentences.details(e), LogLocation.none("No disk.")));
            System.out.println("shown: " + shown);
        }
        ConsoleLauncher.exit();
        System.exit(0);
    }

    /// Tells what a window says, and closes it.
    private static void closeWindows() {
        while (true) {
            Platform.runLater(() -> Window.getWindows().stream().filter(Window::isShowing)
                    .filter(window -> window.getScene().lookup("#sentence") != null).findFirst().ifPresent(window -> {
                        System.out.println(
                                "window: " + ((Labeled) window.getScene().lookup("#sentence")).getText());
                        window.hide();
                    }));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static final class BrokenHost implements EngineHost {
        @Override
        public EngineState state() {
            return new EngineState.Stopped();
        }

        @Override
        public void onState(Consumer<EngineState> listener) {
            throw new NoClassDefFoundError("dev/memfuse/Missing");
        }

        @Override
        public Optional<MemoryEngine> engine() {
            return Optional.empty();
        }

        @Override
        public void retry() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean readOnly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String url() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Void> restart(Runnable change, Runnable takeBack) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Void> check(DatabaseChoice choice) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Void> connect(DatabaseChoice choice, Runnable change, Runnable takeBack) {
            throw new UnsupportedOperationException();
        }
    }
}
