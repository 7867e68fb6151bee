package dev.memfuse.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Another process with an embedded server, which a test kills: the `main` of this class in a separate JVM.
record ServerChild(Process process, Path data) implements AutoCloseable {
    /// The process leads a group of its own there.
    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    /// Starts the process and waits for its server.
    ///
    /// @param kind `kept`, `temporary`, `restarting`, whose server died and was restarted, `leaving`, which ends at
    ///        once without closing its server, or `ending`, which starts its server while it ends
    static ServerChild start(Path folder, String kind) throws IOException {
        List<String> command = new ArrayList<>(LINUX ? List.of("setsid") : List.of());
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp",
                System.getProperty("java.class.path"), ServerChild.class.getName(), folder.toString(), kind));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        var seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("DATA ")) {
                return new ServerChild(process, Path.of(line.substring("DATA ".length())));
            }
            seen.append(line).append('\n');
        }
        throw new IOException("The child did not start its server:\n" + seen);
    }

    PostmasterPid server() throws IOException {
        return PostmasterPid.read(new ServerFolder(data).cluster()).orElseThrow();
    }

    /// Returns the processes that guard the server.
    Stream<ProcessHandle> guards() {
        return process.children().filter(child -> child.info().arguments()
                .filter(words -> Arrays.asList(words).contains(GuardProcess.class.getName())).isPresent());
    }

    ProcessHandle guard() {
        return guards().findFirst().orElseThrow();
    }

    /// Kills the process with its process group, as `timeout` and many CI systems do.
    void killGroup() throws IOException, InterruptedException {
        if (LINUX) {
            new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid()).start().waitFor();
        }
        kill();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Path.of(arguments[0]);
        String kind = arguments[1];
        ServerOptions options = kind.equals("temporary")
                ? ServerOptions.temporary(folder)
                : ServerOptions.keptIn(folder);
        ServerOptions fast = options.withExitGrace(Duration.ZERO).withSettings(Map.of("fsync", "off"));
        if (kind.equals("ending")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> EmbeddedServer.start(fast, progress -> {})));
            System.out.println("DATA " + folder);
            return;
        }
        EmbeddedServer server = EmbeddedServer.start(fast, progress -> {});
        Sql.run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
        if (kind.equals("restarting")) {
            PostmasterPid.read(new ServerFolder(server.dataDirectory()).cluster()).ifPresent(PostmasterPid::kill);
            if (!server.restartIfDead()) {
                throw new IOException("not restarted");
            }
        }
        System.out.println("DATA " + server.dataDirectory());
        if (!kind.equals("leaving")) {
            // Ends when the parent closes the stream, at the latest with the parent.
            new InputStreamReader(System.in, StandardCharsets.UTF_8).read();
        }
    }
}
