package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.Loads;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.store.pool.DatabaseTarget;

/// A program whose comparison restarts its server again and again while a client of its own writes messages one after
/// the other: the `main` of this class in a JVM of its own, which a test kills, and its lines.
final class RestartingProgram implements AutoCloseable {
    static final String BUFFERS = "postgres.server.shared_buffers";
    /// What the user chose; the arms of the comparison have other values.
    static final String OWN = "32MB";
    static final String TEXT = "kept ";
    static final String RESTARTING = "restarting";
    static final String RUNNING = "running";
    private static final String READY = "ready ";
    private static final String STORED = "stored ";
    private static final String SHOWS = "shows ";
    private static final String ENDED = "ended ";
    private static final int PAIRS = 50;
    private static final Workload ADDS = new Workload(2, new Workload.Arrival.Closed(2), Duration.ofMillis(500),
            Duration.ofMillis(100), Loads.ADDS, 10, 5, 42, Optional.empty());
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile int acknowledged;

    private RestartingProgram(Process process) {
        this.process = process;
        reader = BackgroundThreads.platform("test-reader").start(this::read);
    }

    /// Starts the program and waits until its comparison runs.
    ///
    /// @param b setting of the second arm
    static RestartingProgram start(Path data, String b) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                RestartingProgram.class.getName(), data.toString(), b).redirectErrorStream(true);
        var program = new RestartingProgram(builder.start());
        program.await("its comparison starts", line -> line.startsWith(READY));
        return program;
    }

    static LaunchOptions options(Path data) {
        return new LaunchOptions(Optional.empty(), Optional.empty(), Map.of(BUFFERS, OWN), Optional.empty(),
                Optional.of(data), false, List.of());
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(STORED)) {
                    acknowledged = Integer.parseInt(line.substring(STORED.length()));
                } else {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            lines.add(e.toString());
        }
    }

    /// Waits for a line that was or will be printed and returns it.
    String await(String description, Predicate<String> line) {
        return awaitAfter(description, 0, line);
    }

    /// Waits for a line after some that were printed and returns it.
    String awaitAfter(String description, int printed, Predicate<String> line) {
        long start = System.nanoTime();
        while (true) {
            boolean alive = process.isAlive() || reader.isAlive();
            Optional<String> found = lines.stream().skip(printed).filter(line).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            assertTrue(alive && System.nanoTime() - start < LIMIT_NANOS,
                    () -> "not seen: " + description + "\n" + String.join("\n", lines));
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// Returns how many lines were printed, without those of messages.
    int printed() {
        return lines.size();
    }

    String awaitEnd() {
        return await("the end of the comparison", line -> line.startsWith(ENDED)).substring(ENDED.length());
    }

    /// Returns the setting of the server and that of the configuration, as soon as they are as the user chose them.
    void awaitOwnSettings() throws IOException {
        String wanted = SHOWS + OWN + " " + OWN;
        long start = System.nanoTime();
        while (true) {
            int before = printed();
            say("show");
            String shown = awaitAfter("what the server says", before, line -> line.startsWith(SHOWS));
            if (shown.equals(wanted)) {
                return;
            }
            assertTrue(System.nanoTime() - start < LIMIT_NANOS, () -> shown + "\n" + String.join("\n", lines));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /// Waits until more messages are stored than now.
    void awaitStored() {
        int before = acknowledged;
        long start = System.nanoTime();
        while (acknowledged <= before) {
            assertTrue(System.nanoTime() - start < LIMIT_NANOS, () -> "nothing stored\n" + String.join("\n", lines));
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    void say(String command) throws IOException {
        process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /// Kills the program and returns how many messages it acknowledged.
    int kill() throws InterruptedException {
        process.destroyForcibly();
        return end();
    }

    /// Ends the program by itself and returns how many messages it acknowledged.
    int close(String command) throws IOException, InterruptedException {
        say(command);
        return end();
    }

    private int end() throws InterruptedException {
        assertTrue(process.waitFor(90, TimeUnit.SECONDS), () -> "it does not end\n" + String.join("\n", lines));
        reader.join();
        return acknowledged;
    }

    /// Returns the session into which it writes.
    SessionKey session() {
        String[] words = await("its session", line -> line.startsWith(READY)).split(" ", -1);
        return new SessionKey(UUID.fromString(words[1]), UUID.fromString(words[2]));
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        var graph = new AppGraph(options(data), new ProgramLog());
        graph.host().start();
        while (graph.host().state() instanceof EngineState.Starting) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        MemoryEngine engine = graph.host().engine().orElseThrow();
        UUID user = engine.createUser("own").id();
        SessionKey session = engine.createSession(user, engine.createAgent(user, "agent").id(), null).key();
        Thread _ = BackgroundThreads.platform("test-writer").start(() -> write(engine, session));
        var arms = new Arms(new FileProfiles(data.resolve("profiles")), graph.tunables().get());
        ComparisonRun run = graph.lab().comparisons().start(new ComparisonPlan(
                arms.arm(Optional.empty(), List.of(BUFFERS + "=16MB")),
                arms.arm(Optional.empty(), List.of(BUFFERS + "=" + arguments[1])), ADDS, false,
                Metric.parse("add.p50"), PAIRS, false, 0.03, 0));
        Thread _ = BackgroundThreads.platform("test-observer").start(() -> observe(run));
        System.out.println(READY + session.userId() + " " + session.sessionId());
        try (graph) {
            obey(graph, run);
        }
        // The other threads are daemons.
        System.exit(0);
    }

    private static void obey(AppGraph graph, ComparisonRun run) throws IOException {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null && !line.equals("end"); line = commands.readLine()) {
            switch (line) {
                case "stop" -> run.stop();
                case "show" -> System.out.println(SHOWS + server(graph) + " "
                        + graph.tunables().get().postgres().server().get("shared_buffers"));
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private static String server(AppGraph graph) {
        DatabaseTarget target = graph.host().target().orElseThrow();
        try (Connection connection = DriverManager.getConnection(target.url(), target.user(), target.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW shared_buffers")) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Writes messages one after the other. One that fails is written again under its old number.
    private static void write(MemoryEngine engine, SessionKey session) {
        for (int number = 1;; number++) {
            var message = List.of(NewMessage.of(Role.USER, TEXT + number));
            boolean stored = false;
            while (!stored) {
                try {
                    engine.addBatch(session, message);
                    stored = true;
                } catch (EngineException e) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
            System.out.println(STORED + number);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void observe(ComparisonRun run) {
        boolean restarting = false;
        while (!run.result().isDone()) {
            boolean now = run.progress().restarting();
            if (now != restarting) {
                System.out.println(now ? RESTARTING : RUNNING);
                restarting = now;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        try {
            System.out.println(ENDED + run.result().join().sentence());
        } catch (CompletionException e) {
            System.out.println(ENDED + e.getMessage());
        }
    }
}
