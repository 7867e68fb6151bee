package dev.memfuse.bootstrap;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.Loads;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.pool.DatabaseTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The keys `postgres.server` on the embedded server of the program.
@Tag("db")
class ServerSettingsDbTest {
    private static final String COMMIT = "postgres.server.synchronous_commit";
    private static final String BUFFERS = "postgres.server.shared_buffers";

    private AppGraph graph;
    private Tunables tunables;

    @BeforeEach
    void start() {
        graph = new AppGraph(options(Map.of("postgres.server.work_mem", "9MB", BUFFERS, "32MB")), new ProgramLog());
        tunables = graph.tunables();
        graph.host().start();
        await("the engine is ready", () -> !(graph.host().state() instanceof EngineState.Starting));
        assertTrue(graph.host().state() instanceof EngineState.Ready, graph.host().state().toString());
    }

    private static LaunchOptions options(Map<String, String> settings) {
        return new LaunchOptions(Optional.empty(), Optional.empty(), settings, Optional.empty(),
                Optional.of(TestServer.folder()), true, List.of());
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private String show(String name) throws SQLException {
        DatabaseTarget target = graph.host().target().orElseThrow();
        try (Connection connection = DriverManager.getConnection(target.url(), target.user(), target.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private String shown(String name) {
        try {
            return show(name);
        } catch (SQLException e) {
            return e.toString();
        }
    }

    private static MemFuseConfig with(MemFuseConfig config, String path, String value) {
        return ConfigValues.with(config, path, ConfigValues.parse(path, value));
    }

    private void set(String path, String value) {
        var _ = tunables.apply("test", config -> with(config, path, value));
    }

    @Test
    void aSettingThatNeedsAReloadIsInForceAtOnceAndReturnsToTheDefault() throws SQLException {
        assertEquals("32MB", show("shared_buffers"));
        assertEquals("9MB", show("work_mem"));

        set(COMMIT, "off");
        assertEquals("off", show("synchronous_commit"));
        set("postgres.server.work_mem", "");
        assertEquals("4MB", show("work_mem"));

        var _ = tunables.undo();
        assertEquals("9MB", show("work_mem"));
        assertEquals("off", show("synchronous_commit"));
    }

    @Test
    void aSettingThatNeedsARestartIsRefusedWhileTheServerRuns() throws SQLException {
        ConfigException refused = assertThrows(ConfigException.class, () -> set(BUFFERS, "64MB"));

        assertTrue(refused.getMessage().contains("takes effect when the server starts"), refused.getMessage());
        assertEquals("32MB", show("shared_buffers"));
        assertEquals("32MB", tunables.get().postgres().server().get("shared_buffers"));
    }

    @Test
    void aValueThatOnlyPostgresqlCanRefuseChangesNothing() throws SQLException {
        ConfigException refused = assertThrows(ConfigException.class,
                () -> set("postgres.server.max_stack_depth", "1GB"));
        assertTrue(refused.getMessage().contains("\"max_stack_depth\" must not exceed"), refused.getMessage());

        assertEquals("2MB", show("max_stack_depth"));
        assertEquals(Map.of("shared_buffers", "32MB", "work_mem", "9MB"), tunables.get().postgres().server());
    }

    @Test
    void aRestartTakesASettingOverAndComesBackWithTheOneBeforeWhenTheServerDoesNotStart() throws Exception {
        graph.host().engine().orElseThrow().createUser("alice");
        graph.host().restart(() -> stopped("64MB"), () -> stopped("32MB")).get(60, TimeUnit.SECONDS);
        assertEquals("64MB", show("shared_buffers"));

        ExecutionException failure = assertThrows(ExecutionException.class, () -> graph.host()
                .restart(() -> stopped("900GB"), () -> stopped("64MB")).get(60, TimeUnit.SECONDS));

        String sentence = String.valueOf(failure.getMessage());
        assertTrue(sentence.contains(BUFFERS + "=900GB"), sentence);
        assertTrue(sentence.endsWith("The settings before are in force again."), sentence);
        assertEquals("64MB", show("shared_buffers"));
        assertTrue(graph.host().state() instanceof EngineState.Ready, graph.host().state().toString());
    }

    private void stopped(String buffers) {
        var _ = tunables.applyWhileStopped("test", config -> with(config, BUFFERS, buffers));
    }

    @Test
    void twoArmsThatDifferInASettingOfTheServerAreCompared() throws SQLException {
        Arms arms = new Arms(new FileProfiles(TestServer.folder().resolve("profiles")), tunables.get());
        Workload adds = new Workload(4, new Workload.Arrival.Closed(2), Duration.ofMillis(600), Duration.ofMillis(100),
                Loads.ADDS, 10, 5, 42, Optional.empty());
        List<String> inForce = new CopyOnWriteArrayList<>();
        Tunables.Subscription changes = tunables.onChange(_ -> inForce.add(shown("synchronous_commit")));

        ComparisonResult result = graph.lab().comparisons()
                .start(new ComparisonPlan(arms.arm(Optional.empty(), List.of(COMMIT + "=on")),
                        arms.arm(Optional.empty(), List.of(COMMIT + "=off")), adds, false, Metric.parse("add.p50"), 6,
                        false, 0.03, 0))
                .result().orTimeout(120, TimeUnit.SECONDS).join();

        assertEquals(List.of(COMMIT + ": on → off (unsafe: acknowledged messages are lost when the server or the "
                + "machine crashes)"), result.differences().stream().map(Object::toString).toList());
        changes.close();
        // Each block runs with the setting of its arm; how fast it is depends on the storage and on the machine.
        assertEquals(Set.of("on", "off"), Set.copyOf(inForce));
        assertTrue(Collections.frequency(inForce, "off") >= 3, inForce.toString());
        assertEquals("on", show("synchronous_commit"));
        assertEquals(Map.of("shared_buffers", "32MB", "work_mem", "9MB"), tunables.get().postgres().server());
    }
}
