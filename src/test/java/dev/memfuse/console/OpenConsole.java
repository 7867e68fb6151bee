package dev.memfuse.console;

import java.nio.file.Path;

import javafx.scene.Node;

import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.OnFx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// The window with fakes behind it, open during each test.
abstract class OpenConsole {
    /// On the disk: pictures of the window show its name.
    @TempDir(factory = TempDirFactory.Standard.class)
    Path folder;
    final Fakes.Host host = new Fakes.Host();
    final Fakes.Loads loads = new Fakes.Loads();
    ConsoleContext context;
    Console console;

    @BeforeEach
    final void openConsole() {
        context = Fakes.context(folder, host, loads);
        console = Fakes.open(context);
    }

    @AfterEach
    final void closeConsole() {
        Fakes.close(console);
    }

    /// Closes the window and opens it again, with what it saved.
    final void reopen() {
        Fakes.close(console);
        console = Fakes.open(context);
    }

    final Node node(String id) {
        return OnFx.node(console.scene().getRoot(), id);
    }
}
