package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The program with its window on a virtual X display of its own, as a user without a window manager has it. Needs
/// Xvfb, xdotool and GTK 3.
///
/// @param server process of the display
/// @param display name of the display
/// @param program process of the program
/// @param folder folder for data and output of the program
record XWindowProgram(Process server, String display, Process program, Path folder) implements AutoCloseable {
    static final long LIMIT_SECONDS = 180;
    private static final String WINDOW = "^MemFuse Console$";

    /// Starts display and program, and waits until all pages are built.
    static XWindowProgram open(Path folder) throws IOException {
        Process server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String display = ":" + server.inputReader(StandardCharsets.UTF_8).readLine();
        XWindowProgram open = new XWindowProgram(server, display, program(display, folder), folder);
        open.awaitLogged("all pages built");
        return open;
    }

    private static Process program(String display, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent")
                        && !argument.startsWith("-Dglass.platform") && !argument.startsWith("-Djava.awt.headless"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.memfuse.Main", "--data-dir",
                folder.resolve("data").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("DISPLAY", display);
        return builder.start();
    }

    /// Returns the program's log.
    String logged() throws IOException {
        Path log = folder.resolve("data").resolve("logs").resolve("memfuse.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /// Waits until the log has a text.
    void awaitLogged(String text) throws IOException {
        long begin = System.nanoTime();
        while (!logged().contains(text)) {
            assertTrue(program.isAlive() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(LIMIT_SECONDS),
                    () -> "not in the log: " + text);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /// Does something to the window as another X client.
    ///
    /// @param command command of xdotool for the window, with its arguments
    void client(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("xdotool", "search", "--name", WINDOW));
        all.addAll(List.of(command));
        ProcessBuilder tool = new ProcessBuilder(all);
        tool.environment().put("DISPLAY", display);
        assertEquals(0, tool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .waitFor(), () -> "xdotool " + all);
    }

    /// Presses keys, with the focus in the window.
    void press(String keys) throws IOException, InterruptedException {
        client("windowfocus", "--sync", "key", "--window", "0", keys);
    }

    @Override
    public void close() {
        server.destroyForcibly();
        program.destroyForcibly();
    }
}
