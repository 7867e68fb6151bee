package dev.memfuse.console.fx;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Opens files and folders with the programs of the desktop: by `xdg-open` or `gio` on Linux, `open` on macOS,
/// `rundll32` on Windows. AWT does the same, but starts a second toolkit for it beside that of the window.
public final class DesktopFiles implements FileOpener {
    /// Some desktops end the command only with the program that it started.
    private static final long STARTED_SECONDS = 3;

    private final String path;
    private final List<Opener> openers;

    /// Creates an opener that looks for the programs in the search path of this process; without a display there are
    /// none.
    public DesktopFiles() {
        this(GraphicsEnvironment.isHeadless() ? "" : System.getenv().getOrDefault("PATH", ""),
                System.getProperty("os.name", ""));
    }

    /// @param path folders that hold programs, separated as in `PATH`
    DesktopFiles(String path, String system) {
        this.path = path;
        openers = openers(system.toLowerCase(Locale.ROOT));
    }

    /// A program that opens files.
    private record Opener(String program, List<String> options) {
        List<String> arguments(Path file) {
            return Stream.concat(options.stream(), Stream.of(file.toString())).toList();
        }
    }

    private static List<Opener> openers(String system) {
        if (system.contains("win")) {
            return List.of(new Opener("rundll32.exe", List.of("url.dll,FileProtocolHandler")));
        }
        return system.contains("mac")
                ? List.of(new Opener("open", List.of()))
                : List.of(new Opener("xdg-open", List.of()), new Opener("gio", List.of("open")));
    }

    /// Opens a file or a folder; blocks while the other program starts, at most a few seconds for each way of the
    /// system.
    @Override
    public boolean open(Path file) throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        boolean found = false;
        for (Opener opener : openers) {
            Optional<DesktopProgram> program = DesktopProgram.find(path, opener.program());
            if (program.isPresent()) {
                found = true;
                Process process = program.get().run(opener.arguments(file.toAbsolutePath()), STARTED_SECONDS);
                if (process.isAlive() || process.exitValue() == 0) {
                    return true;
                }
            }
        }
        if (found) {
            throw new IOException("The desktop has no program that opens it.");
        }
        return false;
    }
}
