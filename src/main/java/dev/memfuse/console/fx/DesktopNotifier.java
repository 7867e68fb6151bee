package dev.memfuse.console.fx;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Shows notifications of the desktop by the program that the system has for it: `notify-send` on Linux, `osascript` on
/// macOS. Every method blocks; not for the FX thread.
public final class DesktopNotifier {
    private static final long LIMIT_SECONDS = 5;

    private final String path;
    private final boolean mac;

    /// Creates a notifier that looks for the program in the search path of this process.
    public DesktopNotifier() {
        this(System.getenv().getOrDefault("PATH", ""), System.getProperty("os.name", ""));
    }

    /// @param path folders that hold programs, separated as in `PATH`
    DesktopNotifier(String path, String system) {
        this.path = path;
        this.mac = system.toLowerCase(Locale.ROOT).contains("mac");
    }

    /// Shows a notification and waits until the desktop has taken it.
    ///
    /// @return false when this system has no program for it, or the program refuses
    public boolean show(String title, String text) throws IOException, InterruptedException {
        Optional<Path> program = find(mac ? "osascript" : "notify-send");
        if (program.isEmpty()) {
            return false;
        }
        String name = program.get().toString();
        Process process = new ProcessBuilder(mac
                ? List.of(name, "-e", "on run argv", "-e",
                        "display notification (item 2 of argv) with title (item 1 of argv)", "-e", "end run", title,
                        text)
                : List.of(name, "--app-name=MemFuse Console", "--", title, text))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    private Optional<Path> find(String program) {
        return Stream.of(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
    }
}
