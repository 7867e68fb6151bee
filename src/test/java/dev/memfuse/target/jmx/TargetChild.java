package dev.memfuse.target.jmx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;

/// Another program with HikariCP pools and their MBeans: the `main` of this class in a separate JVM. A line of its input
/// takes or returns connections. The first pool can be suspended.
public final class TargetChild implements AutoCloseable {
    private static final String PASSWORD = "MEMFUSE_TEST_PASSWORD";
    private static final String DONE = "child: done";
    private static final int MAXIMUM = 6;
    private static final int IDLE = 2;

    private final Process process;
    private final BufferedReader output;
    private final PrintWriter input;

    private TargetChild(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        awaitDone();
    }

    /// Starts the program and waits until its pools are open.
    ///
    /// @param options options of the JVM
    public static TargetChild start(TestDatabase database, List<String> options, String... pools) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC", "-Xmx64m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TargetChild.class.getName(),
                database.jdbcUrl(), database.user(), "--secret=do-not-show"));
        command.addAll(List.of(pools));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(PASSWORD, database.password());
        return new TargetChild(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    public long pid() {
        return process.pid();
    }

    /// Takes connections of a pool, or returns all of them for 0.
    public void take(String pool, int connections) throws IOException {
        input.println(pool + " " + connections);
        awaitDone();
    }

    private void awaitDone() throws IOException {
        for (String line = output.readLine(); !DONE.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IOException("the program ended");
            }
        }
    }

    /// Sends a signal: `STOP` or `CONT`.
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor(20, TimeUnit.SECONDS);
    }

    /// Kills the process by SIGKILL.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, HikariDataSource> pools = new LinkedHashMap<>();
        for (String name : List.of(arguments).subList(3, arguments.length)) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(arguments[0]);
            config.setUsername(arguments[1]);
            config.setPassword(System.getenv(PASSWORD));
            config.setPoolName(name);
            config.setMaximumPoolSize(MAXIMUM);
            config.setMinimumIdle(IDLE);
            config.setAllowPoolSuspension(pools.isEmpty());
            config.setRegisterMbeans(true);
            pools.put(name, new HikariDataSource(config));
        }
        System.out.println(DONE);
        serve(pools);
        pools.values().forEach(HikariDataSource::close);
    }

    private static void serve(Map<String, HikariDataSource> pools) throws IOException, SQLException {
        List<Connection> taken = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int space = line.lastIndexOf(' ');
            int count = Integer.parseInt(line.substring(space + 1));
            if (count == 0) {
                for (Connection connection : taken) {
                    connection.close();
                }
                taken.clear();
            }
            for (int i = 0; i < count; i++) {
                taken.add(Objects.requireNonNull(pools.get(line.substring(0, space))).getConnection());
            }
            System.out.println(DONE);
        }
    }
}
