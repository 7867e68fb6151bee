package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.postgres.program.OperatingSystem;
import dev.memfuse.postgres.program.ServerPrograms;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process that stops the embedded server when this program ends without doing so: killed, out of memory, or crashed.
/// It watches a pipe that only this program holds. When it dies itself, another one is started. Thread-safe.
///
/// @see GuardProcess
final class ServerGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerGuard.class);
    private static final int MAX_STARTS = 20;
    /// A small heap, no compiler and the archive of the JDK's classes: about 40 MB, of which most is shared memory.
    private static final List<String> JVM_OPTIONS = List.of("-Xmx8m", "-Xss256k", "-XX:+UseSerialGC", "-Xint",
            "-Xshare:auto", "--enable-native-access=ALL-UNNAMED", "-XX:-UsePerfData", "-XX:-StackTraceInThrowable");
    private static final Set<String> OTHER_OPTIONS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final List<String> command;
    private @Nullable Process process;
    private @Nullable PostmasterPid server;
    private int starts;
    private boolean closed;

    private ServerGuard(List<String> command) {
        this.command = command;
    }

    /// Starts the guard of a folder; does not wait for it. Without one the server runs on after a crash until the next
    /// start; that is logged and reported.
    ///
    /// @param temporary whether the folder is deleted too
    static ServerGuard start(ServerFolder folder, ServerPrograms programs, boolean temporary) {
        var guard = new ServerGuard(command(folder, programs, temporary));
        guard.startProcess();
        return guard;
    }

    private static List<String> command(ServerFolder folder, ServerPrograms programs, boolean temporary) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", OperatingSystem.current().executable("java"))
                .toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-classpath", classPath(), GuardProcess.class.getName(), folder.root().toString(),
                Boolean.toString(temporary)));
        command.addAll(programs.commandLine("pg_ctl"));
        return List.copyOf(command);
    }

    /// Returns the location of this program's classes alone, so that the guard holds no other file open.
    private static String classPath() {
        try {
            CodeSource source = ServerGuard.class.getProtectionDomain().getCodeSource();
            return source == null
                    ? System.getProperty("java.class.path")
                    : Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return System.getProperty("java.class.path");
        }
    }

    private synchronized void startProcess() {
        if (closed) {
            return;
        }
        starts++;
        try {
            if (starts > MAX_STARTS) {
                throw new IOException("it ended " + MAX_STARTS + " times");
            }
            var builder = new ProcessBuilder(command).directory(Files.createDirectories(Path.of(
                    System.getProperty("java.io.tmpdir"))).toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeAll(OTHER_OPTIONS);
            Process started = builder.start();
            process = started;
            started.onExit().thenRun(this::ended);
            PostmasterPid known = server;
            if (known != null) {
                tell(known);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("PostgreSQL: no process guards the server; if this program is killed, the server runs on until "
                    + "the next start: {}", e.getMessage());
            BackgroundHealth.report("engine-guard", e);
        }
    }

    private void ended() {
        synchronized (this) {
            if (closed) {
                return;
            }
            LOG.warn("PostgreSQL: the process that guards the server ended, starting another one");
        }
        startProcess();
    }

    /// Names the server that runs now.
    synchronized void watch(PostmasterPid running) {
        server = running;
        try {
            tell(running);
        } catch (IOException e) {
            // The guard ended: the next one learns of the server when it starts.
            LOG.debug("PostgreSQL: the guard cannot be told of the server: {}", e.getMessage());
        }
    }

    /// Notes that the server stops and another one starts, which [#watch] names: when the program dies meanwhile, the
    /// guard looks for a server in the folder.
    synchronized void expect() {
        server = null;
        try {
            write(GuardProcess.STARTING);
        } catch (IOException e) {
            // The guard ended: the next one knows no server, and looks for one.
            LOG.debug("PostgreSQL: the guard cannot be told of the restart: {}", e.getMessage());
        }
    }

    private void tell(PostmasterPid running) throws IOException {
        write(String.format(Locale.ROOT, "%s %s", GuardProcess.SERVER, running.format()));
    }

    private void write(String line) throws IOException {
        Process current = process;
        if (current != null) {
            current.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            current.getOutputStream().flush();
        }
    }

    /// Returns the running process; null when there is none.
    synchronized @Nullable Process process() {
        return process;
    }

    /// Ends the guard without waiting for it. The server is stopped already; otherwise [#abandon].
    @Override
    public void close() {
        end(true);
    }

    /// Ends the guard, which tries to stop a server that this program could not stop.
    void abandon() {
        end(false);
    }

    private synchronized void end(boolean stopped) {
        if (closed) {
            return;
        }
        closed = true;
        Process current = process;
        try {
            if (stopped) {
                write(GuardProcess.DONE);
            }
            if (current != null) {
                current.getOutputStream().close();
            }
        } catch (IOException e) {
            LOG.debug("PostgreSQL: the guard ended before: {}", e.getMessage());
        }
    }
}
