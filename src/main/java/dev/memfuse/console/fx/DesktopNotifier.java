package dev.memfuse.console.fx;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        Optional<DesktopProgram> program = DesktopProgram.find(path, mac ? "osascript" : "notify-send");
        if (program.isEmpty()) {
            return false;
        }
        Process process = program.get().run(mac
                ? List.of("-e", "on run argv", "-e",
                        "display notification (item 2 of argv) with title (item 1 of argv)", "-e", "end run", title,
                        text)
                : List.of("--app-name=MemFuse Console", "--", title, text), LIMIT_SECONDS);
        if (process.isAlive()) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}
