package dev.memfuse.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.background.ProcessGroup;
import dev.memfuse.file.FolderLock;
import dev.memfuse.file.FolderRemoval;
import org.jspecify.annotations.Nullable;

/// Main class of the process that stops the embedded server of a program that died, see [ServerGuard]. It waits for the
/// end of its standard input, which the operating system closes with the program, however the program ends.
///
/// A process of its own with a small heap: it uses the JDK and classes of this program that need nothing else.
final class GuardProcess {
    /// Word of the program after it has stopped its server.
    static final String DONE = "done";
    /// Word before the process id and the start second of a server.
    static final String SERVER = "server";
    /// Word of the program before it starts a server again: until it names that one, the guard looks for it.
    static final String STARTING = "starting";
    private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);
    private static final long IMMEDIATE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int REMOVAL_ATTEMPTS = 50;

    private final ServerFolder folder;
    private final boolean temporary;
    private final List<String> control;
    private @Nullable PostmasterPid server;
    private boolean stopped;

    /// @param control command line of `pg_ctl`
    private GuardProcess(ServerFolder folder, boolean temporary, List<String> control) {
        this.folder = folder;
        this.temporary = temporary;
        this.control = control;
    }

    /// Runs until the program has ended and its server is stopped.
    ///
    /// @param arguments the server's folder, whether it is temporary, and the command line of `pg_ctl`
    public static void main(String[] arguments) {
        ProcessGroup.leave();
        var guard = new GuardProcess(new ServerFolder(Path.of(arguments[0])), Boolean.parseBoolean(arguments[1]),
                Arrays.asList(arguments).subList(2, arguments.length));
        Thread watch = BackgroundThreads.platform("engine-guard").daemon(false).unstarted(guard::run);
        // Ctrl+C and the end of a terminal signal this process too: the hook keeps it alive until the watch has ended.
        Runtime.getRuntime().addShutdownHook(BackgroundThreads.hook("engine-guard-exit", () -> awaitEnd(watch)));
        watch.start();
    }

    private static void awaitEnd(Thread watch) {
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            listen();
            if (!stopped) {
                stopServer();
            }
        } catch (IOException e) {
            // Nobody reads a message: the next start in the folder stops the server.
            Thread.currentThread().interrupt();
        }
    }

    /// Reads the words of the program until it ends.
    private void listen() throws IOException {
        var words = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = words.readLine(); line != null; line = words.readLine()) {
            stopped |= line.equals(DONE);
            if (line.equals(STARTING)) {
                server = null;
            } else if (line.startsWith(SERVER + " ")) {
                server = PostmasterPid.parse(line.substring(SERVER.length() + 1), folder.cluster());
            }
        }
    }

    private void stopServer() throws IOException {
        PostmasterPid known = server;
        if (known != null) {
            stop(known);
        }
        if (known == null || temporary || anotherRuns()) {
            // The lock shows that no other program uses the folder. The one that ended releases it with its end.
            Optional<FolderLock> lock = lock();
            if (lock.isPresent()) {
                stopInLockedFolder(lock.get());
            }
        }
    }

    /// Returns whether a server runs in the folder that the program had no time to name.
    private boolean anotherRuns() throws IOException {
        return PostmasterPid.read(folder.cluster()).filter(PostmasterPid::isRunning).isPresent();
    }

    private Optional<FolderLock> lock() throws IOException {
        long end = System.nanoTime() + FAST_NANOS;
        Optional<FolderLock> lock = Optional.empty();
        while (lock.isEmpty() && Files.isDirectory(folder.root()) && System.nanoTime() - end < 0) {
            lock = FolderLock.tryLock(folder.lock());
            if (lock.isEmpty()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        return lock;
    }

    /// Stops a server that the program started without naming it, and deletes temporary data.
    private void stopInLockedFolder(FolderLock lock) throws IOException {
        try (lock) {
            long end = System.nanoTime() + START_NANOS;
            boolean found = server != null && !anotherRuns();
            while (!found && System.nanoTime() - end < 0) {
                Optional<PostmasterPid> started = PostmasterPid.read(folder.cluster());
                if (started.isPresent() && started.get().isRunning()) {
                    stop(started.get());
                    found = true;
                } else {
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
        }
        if (temporary) {
            remove();
        }
    }

    private void remove() throws IOException {
        for (int attempt = 1; Files.exists(folder.root()); attempt++) {
            try {
                FolderRemoval.remove(folder.root());
            } catch (IOException e) {
                if (attempt == REMOVAL_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    /// Stops exactly this server: a signal to its process id cannot hit one that another program started since.
    private void stop(PostmasterPid running) throws IOException {
        signal(running, "INT");
        if (!awaitEnd(running, FAST_NANOS)) {
            signal(running, "QUIT");
            if (!awaitEnd(running, IMMEDIATE_NANOS)) {
                // It reacts to nothing, as one that was halted: the next start recovers, as after a crash.
                running.kill();
            }
        }
    }

    private void signal(PostmasterPid running, String name) throws IOException {
        if (!running.isRunning()) {
            return;
        }
        var command = new ArrayList<>(control);
        command.addAll(List.of("kill", name, Long.toString(running.pid())));
        Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        process.onExit().completeOnTimeout(process, 1, TimeUnit.SECONDS).join();
    }

    private static boolean awaitEnd(PostmasterPid running, long nanos) {
        long end = System.nanoTime() + nanos;
        while (running.isRunning()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
