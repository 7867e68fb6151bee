package dev.memfuse.console.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.Settings;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.DatabaseProbe;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DatabaseViewModelTest {
    private final Fakes.Host host = new Fakes.Host();
    private final Fakes.Loads loads = new Fakes.Loads();
    private final List<String> said = new ArrayList<>();
    private final Path folder;
    private final DatabaseViewModel model;

    DatabaseViewModelTest(@TempDir Path folder) {
        this.folder = folder;
        model = model(Fakes::probe);
    }

    private DatabaseViewModel model(DatabaseProbe probe) {
        Settings settings = Fakes.settings(folder);
        return new DatabaseViewModel(
                new Connector(new DatabaseChange(host, loads, Runnable::run, said::add), settings,
                        new DirectTaskRunner()),
                settings.tunables(), probe, new DirectTaskRunner());
    }

    @Test
    void showsTheDatabaseInUse() {
        model.engineState(new EngineState.Ready("PostgreSQL 18.6, embedded"));

        assertEquals(DatabaseViewModel.Health.READY, model.healthProperty().get());
        assertEquals("PostgreSQL 18.6, embedded", model.inUseProperty().get());
    }

    @Test
    void showsTheAdviceForAFailure() {
        model.engineState(new EngineState.Failed("The port is busy.", "Stop the other program."));

        assertEquals("The port is busy.", model.inUseProperty().get());
        assertEquals("Stop the other program.", model.adviceProperty().get());
    }

    @Test
    void testsTheUrlOfTheField() {
        model.urlProperty().set(" jdbc:postgresql://good/db ");

        model.test();

        assertEquals("jdbc:postgresql://good/db", model.testedProperty().get());
        assertTrue(model.reportProperty().get().reachable());
        assertFalse(model.testingProperty().get());
    }

    @Test
    void reportsAFailedTestAsAnUnreachableDatabase() {
        DatabaseViewModel broken = model(_ -> {
            throw new IllegalStateException("driver missing");
        });

        broken.test();

        assertFalse(broken.reportProperty().get().reachable());
        assertEquals("The test failed: driver missing", broken.reportProperty().get().summary());
    }

    @Test
    void refusesAUrlOfAnotherKindOrWithAPassword() {
        model.urlProperty().set("mysql://host/db");
        assertFalse(model.urlProblemProperty().get().isEmpty());

        model.urlProperty().set("jdbc:postgresql://host/db?user=me&password=secret");
        assertFalse(model.urlProblemProperty().get().isEmpty());
        assertFalse(model.urlProblemProperty().get().contains("secret"));

        model.urlProperty().set("jdbc:postgresql://host/db");
        assertEquals("", model.urlProblemProperty().get());
    }

    @Test
    void aUrlTooLongForASettingIsAProblemAndNoError() {
        model.urlProperty().set("jdbc:postgresql://" + "h".repeat(5_000));

        assertFalse(model.urlProblemProperty().get().isEmpty());
    }

    @Test
    void connectsToTheUrlOrBackToTheEmbeddedServer() {
        model.urlProperty().set("jdbc:postgresql://good/db");
        model.connect();
        host.connected.complete(null);
        assertEquals(List.of("The other database is in use."), said);
        model.connectEmbedded();

        assertEquals(List.of("connect jdbc:postgresql://good/db", "connect "), host.requests);
        assertEquals("", model.urlProperty().get());
    }

    @Test
    void theEmbeddedServerStaysReadOnlyWhenTheConfigurationSaysSo() {
        Settings settings = Fakes.settings(folder);
        settings.tunables().applyWhileStopped("test", now -> ConfigValues.with(now, "postgres.read_only", true));
        DatabaseViewModel started = new DatabaseViewModel(
                new Connector(new DatabaseChange(host, loads, Runnable::run, said::add), settings,
                        new DirectTaskRunner()),
                settings.tunables(), Fakes::probe, new DirectTaskRunner());

        started.connectEmbedded();

        assertTrue(started.readOnlyProperty().get());
        assertEquals(List.of("connect  read-only"), host.requests);
    }

    @Test
    void asksBeforeItEndsALoadAndWaitsForItsEnd() {
        loads.start(ScenarioDefaults.WORKLOAD);
        model.urlProperty().set("jdbc:postgresql://good/db");

        model.connect();
        assertTrue(model.change().askingProperty().get());
        assertEquals(List.of(), host.requests);

        model.change().confirm();
        assertEquals(List.of("stop"), loads.last().requests);
        assertEquals(List.of(), host.requests);
        loads.last().end(Fakes.result(1));

        assertEquals(List.of("connect jdbc:postgresql://good/db"), host.requests);
        assertFalse(model.change().askingProperty().get());
    }

    @Test
    void aDatabaseThatCannotBeUsedEndsNoLoad() {
        host.checked = new CompletableFuture<>();
        loads.start(ScenarioDefaults.WORKLOAD);
        model.urlProperty().set("jdbc:postgresql://good/db");
        model.connect();

        model.change().confirm();
        assertTrue(model.change().runningProperty().get());
        assertEquals(List.of(), loads.last().requests);
        host.checked.completeExceptionally(new EngineException("The password is wrong."));

        assertEquals(List.of(), loads.last().requests);
        assertEquals(List.of(), host.requests);
        assertEquals("The password is wrong.", model.change().problemProperty().get());
        assertFalse(model.change().runningProperty().get());
    }

    @Test
    void aLoadThatStartedDuringTheTestIsNotEnded() {
        host.checked = new CompletableFuture<>();
        loads.start(ScenarioDefaults.WORKLOAD);
        model.urlProperty().set("jdbc:postgresql://good/db");
        model.connect();
        model.change().confirm();
        loads.last().end(Fakes.result(1));
        loads.start(ScenarioDefaults.WORKLOAD);

        host.checked.complete(null);

        assertEquals(List.of(), loads.last().requests);
    }

    @Test
    void keepsLoadAndDatabaseWhenThePersonDoesNotAgree() {
        loads.start(ScenarioDefaults.WORKLOAD);

        model.connectEmbedded();
        model.change().cancel();

        assertEquals(List.of(), loads.last().requests);
        assertEquals(List.of(), host.requests);
        assertFalse(model.change().askingProperty().get());
    }

    @Test
    void noLoadStartsDuringTheChangeAndAnExperimentIsNotEnded() {
        model.connectEmbedded();
        assertEquals(1, loads.reservations);
        host.connected.complete(null);
        assertEquals(0, loads.reservations);

        loads.reserved = "A comparison is running. Stop it or wait for its end.";
        model.connectEmbedded();

        assertEquals(List.of("connect "), host.requests);
        assertEquals(loads.reserved, model.change().problemProperty().get());
    }

    @Test
    void aTypedUrlStaysWhenTheEmbeddedServerIsNotInUseAfterAll() {
        loads.start(ScenarioDefaults.WORKLOAD);
        model.urlProperty().set("jdbc:postgresql://good/db");
        model.connectEmbedded();
        model.change().cancel();
        assertEquals("jdbc:postgresql://good/db", model.urlProperty().get());

        loads.last().end(Fakes.result(1));
        model.connectEmbedded();
        host.connected.completeExceptionally(new EngineException("The server does not start."));

        assertEquals("jdbc:postgresql://good/db", model.urlProperty().get());
        assertEquals("The server does not start.", model.change().problemProperty().get());
    }

    @Test
    void theLoadOfAnExperimentIsNotEndedForAChangeThatIsRefusedAfterwards() {
        loads.startPart(ScenarioDefaults.WORKLOAD, "comparison");
        loads.holder = "comparison";

        model.connectEmbedded();

        assertFalse(model.change().askingProperty().get());
        assertEquals("A comparison is running. Stop it or wait for its end.", model.change().problemProperty().get());
        assertEquals(List.of(), loads.last().requests);
        assertEquals(List.of(), host.requests);
    }

    @Test
    void aQuestionAboutOneUrlIsWithdrawnWhenAnotherOneIsTyped() {
        loads.start(ScenarioDefaults.WORKLOAD);
        model.urlProperty().set("jdbc:postgresql://good/db");
        model.connect();

        model.urlProperty().set("jdbc:postgresql://good/other");

        assertFalse(model.change().askingProperty().get());
    }

    @Test
    void anErrorOfTheChangeIsASentenceInTheLogTooAndLoadsAreFreeAgain() {
        Logger logger = (Logger) LoggerFactory.getLogger(DatabaseChange.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        model.connectEmbedded();

        host.connected.completeExceptionally(new NoClassDefFoundError("dev/memfuse/Main"));

        assertEquals("The program failed (NoClassDefFoundError: dev/memfuse/Main). The log has the details.",
                model.change().problemProperty().get());
        assertEquals(1, lines.list.size());
        assertFalse(model.change().runningProperty().get());
        assertEquals(0, loads.reservations);
        logger.detachAppender(lines);
    }

    @Test
    void saysWhyTheDatabaseIsNotChanged() {
        model.urlProperty().set("jdbc:postgresql://good/db");
        model.connect();
        assertTrue(model.change().runningProperty().get());

        host.connected.completeExceptionally(new EngineException("The server does not answer."));

        assertEquals("The server does not answer.", model.change().problemProperty().get());
        assertFalse(model.change().runningProperty().get());
        assertEquals(0, loads.reservations);
    }

    @Test
    void theQuestionAboutARunningLoadLeavesWithTheLoad() {
        loads.start(ScenarioDefaults.WORKLOAD);
        model.urlProperty().set("jdbc:postgresql://good/db");
        model.connect();
        model.change().check();
        assertTrue(model.change().askingProperty().get());

        loads.last().end(Fakes.result(1));
        model.change().check();

        assertFalse(model.change().askingProperty().get());
        assertEquals(List.of("The load has ended, and the database is as before: connect again."), said);
    }

    @Test
    void theSentenceAboutARunningExperimentLeavesWithTheExperiment() {
        loads.holder = "comparison";
        model.urlProperty().set("jdbc:postgresql://good/db");
        model.connect();
        assertEquals("A comparison is running. Stop it or wait for its end.", model.change().problemProperty().get());

        loads.holder = "";
        model.change().check();

        assertEquals("", model.change().problemProperty().get());
    }
}
