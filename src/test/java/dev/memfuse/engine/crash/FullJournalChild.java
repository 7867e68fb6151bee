package dev.memfuse.engine.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.store.EngineFixture;

/// Another process with a small heap that starts an engine on a full journal: the `main` of this class in a separate
/// JVM.
final class FullJournalChild {
    private static final String PASSWORD = "MEMFUSE_TEST_PASSWORD";

    private FullJournalChild() {}

    /// Runs the process and returns its output.
    ///
    /// @param heap maximum size of the heap, as `-Xmx` takes it
    /// @param drain whether it stores all rounds before it ends
    static String run(TestDatabase database, Path folder, String heap, boolean drain) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xmx" + heap,
                        "-cp", System.getProperty("java.class.path"), FullJournalChild.class.getName(),
                        database.jdbcUrl(), database.user(), folder.toString(), Boolean.toString(drain)));
        builder.environment().put(PASSWORD, database.password());
        Process process = builder.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    public static void main(String[] arguments) {
        TestDatabase database = new TestDatabase(arguments[0], arguments[1], System.getenv(PASSWORD));
        boolean drain = Boolean.parseBoolean(arguments[3]);
        try (EngineFixture fixture = EngineFixture.on(database, Path.of(arguments[2]), "buffer.bypass_mode=false",
                "buffer.performance.enable_auto_flush=false",
                "buffer.performance.shutdown_timeout=" + (drain ? "300" : "0"))) {
            System.out.println("recovered " + fixture.journal().status().backlogEntries());
            if (drain) {
                fixture.engine().flush();
                System.out.println("left " + fixture.journal().status().backlogEntries());
            }
        }
    }
}
