package dev.memfuse.engine.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.store.EngineFixture;

/// Another process with an engine under load, which a test kills: the `main` of this class in a separate JVM. Each line
/// of its output is an acknowledgement: the number of the session, then the ids of the messages.
final class EngineChild implements AutoCloseable {
    /// Beginning of the texts that the database refuses.
    static final String REFUSED = "refused ";
    private static final int REFUSED_ONE_OF = 40;
    private static final String PASSWORD = "MEMFUSE_TEST_PASSWORD";

    private final Process process;
    private final BufferedReader output;

    private EngineChild(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /// @param options options of the JVM, its locale for instance
    static EngineChild start(TestDatabase database, Path folder, List<SessionKey> sessions, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineChild.class.getName(),
                database.jdbcUrl(), database.user(), folder.toString(), sessions.stream()
                        .map(session -> session.userId() + ":" + session.sessionId())
                        .collect(Collectors.joining(","))));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(PASSWORD, database.password());
        return new EngineChild(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /// Returns the next line; null after the last line of an ended process.
    String nextLine() throws IOException {
        return output.readLine();
    }

    /// Kills the process by SIGKILL. Its earlier output can still be read.
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws InterruptedException {
        TestDatabase database = new TestDatabase(arguments[0], arguments[1], System.getenv(PASSWORD));
        List<SessionKey> sessions = Arrays.stream(arguments[3].split(",")).map(EngineChild::session).toList();
        EngineFixture fixture = EngineFixture.on(database, Path.of(arguments[2]), "buffer.bypass_mode=false",
                "buffer.durability=journal", "buffer.journal.segment_bytes=65536", "buffer.journal.retire_after=0.1",
                "postgres.pool_size=3", "postgres.max_overflow=0");
        List<Thread> writers = IntStream.range(0, sessions.size())
                .mapToObj(i -> Thread.ofVirtual().start(() -> write(fixture, i, sessions.get(i)))).toList();
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private static SessionKey session(String text) {
        String[] ids = text.split(":");
        return new SessionKey(UUID.fromString(ids[0]), UUID.fromString(ids[1]));
    }

    private static void write(EngineFixture fixture, int number, SessionKey session) {
        Random random = new Random();
        while (true) {
            String prefix = random.nextInt(REFUSED_ONE_OF) == 0 ? REFUSED : "";
            List<NewMessage> batch = IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(_ -> NewMessage.of(Role.USER, prefix + UUID.randomUUID())).toList();
            String ids = fixture.engine().addBatch(session, batch).messageIds().stream().map(UUID::toString)
                    .collect(Collectors.joining(" "));
            System.out.println(number + " " + ids);
        }
    }
}
