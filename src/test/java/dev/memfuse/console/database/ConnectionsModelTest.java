package dev.memfuse.console.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.ConnectionManagerKind;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.Settings;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsModelTest {
    private static final String GOOD = "jdbc:postgresql://good:5432/db";
    private static final EngineState READY = new EngineState.Ready("PostgreSQL 18.6");

    private final Fakes.Host host = new Fakes.Host();
    private final Fakes.Loads loads = new Fakes.Loads();
    private final List<String> said = new ArrayList<>();
    private final List<String> tested = new ArrayList<>();
    private final Path folder;
    private final Settings settings;
    private final ConnectionsModel model;
    private final DatabaseChange change;

    ConnectionsModelTest(@TempDir Path folder) {
        this.folder = folder;
        settings = Fakes.settings(folder);
        change = new DatabaseChange(host, loads, Runnable::run, said::add);
        model = new ConnectionsModel(host, settings.connections(),
                new Connector(change, settings, new DirectTaskRunner()),
                connection -> tested.add(connection.name()), new PageTools(new DirectTaskRunner(), said::add));
        host.onState(_ -> model.refresh());
    }

    private void save(String name, String url, String profile) {
        settings.connections()
                .add(new SavedConnection(name, url, Optional.of(profile).filter(text -> !text.isEmpty()), false));
        model.reload();
    }

    private void select(String name) {
        model.selectedProperty()
                .set(model.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow());
    }

    private List<String> rows() {
        return model.rows().stream()
                .map(row -> row.name() + "|" + row.target() + "|" + row.settings() + "|" + row.state()).toList();
    }

    private ConnectionManagerKind manager() {
        return settings.tunables().get().postgres().manager();
    }

    @Test
    void theEmbeddedServerIsFirstAndStays() {
        host.become(READY);

        assertEquals(List.of("Embedded server|This machine|Those in force|In use"), rows());
        select("Embedded server");
        model.askRemove();
        assertEquals("", model.questionProperty().get());
    }

    @Test
    void showsTargetSettingsAndWhatIsInUse() {
        save("staging", GOOD + "?sslmode=require", "");
        save("Best", GOOD, "optimized");
        host.url = GOOD;
        host.become(new EngineState.Starting("Connecting", -1));
        assertEquals(List.of("Embedded server|This machine|Those in force|", "Best|good:5432/db|optimized|Starting",
                "staging|good:5432/db|Those in force|"), rows());

        host.become(READY);
        assertEquals("In use", model.rows().get(1).state());
        host.become(new EngineState.Failed("The server does not answer.", "Retry."));
        assertEquals("Not connected", model.rows().get(1).state());
    }

    @Test
    void ofTwoConnectionsToOneDatabaseTheOneThatWasConnectedIsInUse() {
        save("first", GOOD, "");
        save("second", GOOD, "");
        host.become(READY);
        select("second");

        model.connect();
        host.connected.complete(null);
        model.refresh();

        assertEquals(List.of("", "", "In use"), model.rows().stream().map(ConnectionRow::state).toList());
    }

    @Test
    void connectsWithTheSettingsOfTheProfile() {
        save("staging", GOOD, "legacy");
        select("staging");

        model.connect();
        host.connected.complete(null);

        assertEquals(List.of("connect " + GOOD), host.requests);
        assertEquals(ConnectionManagerKind.LEGACY, manager());
        assertEquals(List.of("staging is in use, with the settings of the profile legacy."), said);
        assertEquals("", settings.tunables().get().postgres().url());
    }

    @Test
    void aFailedConnectionTakesTheSettingsBack() {
        save("staging", GOOD, "legacy");
        select("staging");
        var before = settings.tunables().get();

        model.connect();
        assertEquals(ConnectionManagerKind.LEGACY, manager());
        host.connected.completeExceptionally(new EngineException("The server does not answer."));

        assertEquals(before, settings.tunables().get());
        assertEquals("The server does not answer.", change.problemProperty().get());
        assertFalse(change.runningProperty().get());
    }

    @Test
    void takingBackKeepsWhatWasChangedMeanwhile() {
        save("staging", GOOD, "legacy");
        select("staging");

        model.connect();
        settings.tunables().apply("somebody", now -> ConfigValues.with(now, "postgres.pool_size", 7));
        host.connected.completeExceptionally(new EngineException("The server does not answer."));

        assertEquals(ConnectionManagerKind.OPTIMIZED, manager());
        List<String> paths = settings.tunables().history().getLast().keys().stream().map(ConfigChange::path).toList();
        assertTrue(paths.contains("postgres.manager"), paths.toString());
    }

    @Test
    void settingsOfTheEmbeddedServerStay() {
        settings.tunables().applyWhileStopped("test",
                now -> ConfigValues.with(now, "postgres.server.work_mem", "8MB"));
        save("staging", GOOD, "legacy");
        select("staging");

        model.connect();

        assertEquals("8MB", settings.tunables().get().postgres().server().get("work_mem"));
    }

    @Test
    void aProfileThatIsMissingChangesNothing() {
        save("staging", GOOD, "gone");
        select("staging");
        var before = settings.tunables().get();

        model.connect();

        assertEquals(List.of(), host.requests);
        assertEquals(before, settings.tunables().get());
        assertTrue(change.problemProperty().get().startsWith("Nothing was changed: the settings of this connection, "
                + "profile gone, cannot be read."), change.problemProperty().get());
        assertFalse(change.runningProperty().get());
        assertTrue(model.canConnect());
    }

    @Test
    void aDamagedProfileChangesNothing() throws IOException {
        Files.createDirectories(folder.resolve("profiles"));
        Files.writeString(folder.resolve("profiles").resolve("bad.yaml"), "postgres: [");
        save("staging", GOOD, "bad");
        select("staging");

        model.connect();

        assertEquals(List.of(), host.requests);
        assertTrue(change.problemProperty().get().contains("profile bad"), change.problemProperty().get());
    }

    @Test
    void aReadOnlyConnectionIsOpenedSoAndIsAnotherOneThanThatForWriting() {
        settings.connections().add(new SavedConnection("reports", GOOD, Optional.empty(), true));
        save("staging", GOOD, "");
        select("reports");

        model.connect();
        host.connected.complete(null);
        host.become(READY);

        assertEquals(List.of("connect " + GOOD + " read-only"), host.requests);
        assertEquals(List.of("reports is in use, read-only."), said);
        assertEquals(List.of("Read and write", "Read-only", "Read and write"),
                model.rows().stream().map(ConnectionRow::access).toList());
        assertEquals(List.of("", "In use", ""), model.rows().stream().map(ConnectionRow::state).toList());
    }

    @Test
    void theEmbeddedServerStaysReadOnlyWhenTheConfigurationSaysSo() {
        host.readOnly = true;
        ConnectionsModel started = new ConnectionsModel(host, settings.connections(),
                new Connector(change, settings, new DirectTaskRunner()), _ -> {},
                new PageTools(new DirectTaskRunner(), said::add));
        host.readOnly = false;
        host.url = GOOD;
        started.refresh();
        started.selectedProperty().set(started.rows().getFirst());

        started.connect();

        assertEquals(List.of("connect  read-only"), host.requests);
    }

    @Test
    void asksBeforeItEndsALoad() {
        loads.start(ScenarioDefaults.WORKLOAD);
        save("staging", GOOD, "legacy");
        select("staging");

        model.connect();

        assertTrue(change.askingProperty().get());
        assertEquals(List.of(), host.requests);
        assertEquals(ConnectionManagerKind.OPTIMIZED, manager());
        change.confirm();
        loads.last().end(Fakes.result(1));
        assertEquals(List.of("connect " + GOOD), host.requests);
    }

    @Test
    void removesAConnectionAfterTheQuestion() {
        save("staging", GOOD, "");
        select("staging");

        model.askRemove();
        assertEquals("Remove staging from this list? The database stays as it is.", model.questionProperty().get());
        model.keep();
        assertEquals(2, model.rows().size());

        model.askRemove();
        model.remove();
        assertEquals(1, model.rows().size());
        assertNull(model.selectedProperty().get());
        assertEquals("", model.questionProperty().get());
    }

    @Test
    void testsASavedConnectionButNoEmbeddedServerThatDoesNotRun() {
        save("staging", GOOD, "");
        select("staging");
        model.test();
        assertEquals(List.of("staging"), tested);

        host.url = GOOD;
        host.become(READY);
        select("Embedded server");
        model.test();
        assertEquals(List.of("staging"), tested);
    }

    @Test
    void aDamagedFileIsASentenceAndTheEmbeddedServerIsThere() throws IOException {
        Files.writeString(folder.resolve("connections.yaml"), "connections: [");

        model.reload();

        assertEquals(1, model.rows().size());
        assertTrue(model.damageProperty().get().contains("connections.damaged-1.yaml"), model.damageProperty().get());
    }

    @Test
    void aFileThatCannotBeReadIsAProblemUntilItCan() throws IOException {
        Files.createDirectories(folder.resolve("connections.yaml"));
        model.reload();
        assertTrue(model.problemProperty().get().contains("cannot be read"), model.problemProperty().get());
        assertEquals(1, model.rows().size());

        Files.delete(folder.resolve("connections.yaml"));
        model.reload();
        assertEquals("", model.problemProperty().get());
        assertFalse(model.loadingProperty().get());
    }
}
