package dev.memfuse.console.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.FakeServerView;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.ServerView.Setting;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import org.junit.jupiter.api.Test;

/// The settings of the server on the Database page.
class ServerSettingsModelTest {
    private final FakeServerView server = new FakeServerView();
    private final Fakes.Host host = new Fakes.Host();
    private final Fakes.Loads loads = new Fakes.Loads();
    private final Tunables tunables = Fakes.tunables();
    private final List<String> said = new ArrayList<>();
    private final ServerSettingsModel model = new ServerSettingsModel(server, tunables, host,
            new DatabaseChange(host, loads, Runnable::run, said::add),
            new PageTools(new DirectTaskRunner(), said::add));

    private void choose(String name) {
        model.selectedProperty().set(model.settings().stream().filter(row -> row.name().equals(name)).findFirst()
                .orElseThrow());
    }

    @Test
    void theSettingsOfADatabaseInUseAreShownAndSearched() {
        model.refresh();
        assertEquals(List.of(), model.settings());

        model.ready(true);
        assertEquals(4, model.settings().size());
        model.searchProperty().set("Memory");
        assertEquals(List.of("shared_buffers", "work_mem"), model.settings().stream().map(Setting::name).toList());
        model.ready(false);

        assertEquals(List.of(), model.settings());
    }

    @Test
    void aSettingSaysBeforehandWhatItsChangeNeeds() {
        model.ready(true);

        choose("work_mem");
        assertEquals("A reload: takes effect at once, for every connection.", model.effectProperty().get());
        assertEquals("Sets the maximum memory to be used for query workspaces. Values: 64 to 2147483647 kB.",
                model.descriptionProperty().get());
        assertTrue(model.changeableProperty().get());
        choose("shared_buffers");
        assertTrue(model.effectProperty().get().startsWith("A restart of the server: "), model.effectProperty().get());
        choose("port");
        assertEquals("port cannot be set: the program chooses how it reaches the server.",
                model.effectProperty().get());
        assertFalse(model.changeableProperty().get());
    }

    @Test
    void aReloadIsAppliedAndReturnsToTheDefault() {
        model.ready(true);
        choose("synchronous_commit");
        model.valueProperty().set("OFF");
        model.apply();

        assertEquals(Map.of("synchronous_commit", "off"), tunables.get().postgres().server());
        assertEquals("postgres.server.synchronous_commit: the default → off (unsafe: acknowledged messages are lost "
                + "when the server or the machine crashes), in force now.", model.outcomeProperty().get());
        model.onlyChosenProperty().set(true);
        assertEquals(1, model.settings().size());
        model.reset();

        assertEquals(Map.of(), tunables.get().postgres().server());
    }

    @Test
    void aWrongValueIsAProblemAndChangesNothing() {
        model.ready(true);
        choose("work_mem");
        model.valueProperty().set("1kB");
        model.apply();

        assertTrue(model.problemProperty().get().startsWith("postgres.server.work_mem: expected a number from 64 kB"),
                model.problemProperty().get());
        assertEquals(Map.of(), tunables.get().postgres().server());
        choose("port");
        assertEquals("", model.problemProperty().get());
    }

    @Test
    void aRestartIsMadeAfterAQuestionAndEndsTheLoad() {
        host.connected.complete(null);
        model.ready(true);
        choose("shared_buffers");
        model.valueProperty().set("256MB");
        model.apply();
        assertEquals("Restart the server with shared_buffers = 256MB? A running load ends. The server returns to the "
                + "value before if it does not start.", model.questionProperty().get());
        model.keep();
        model.confirm();
        assertEquals(List.of(), host.requests);

        loads.start(ScenarioDefaults.WORKLOAD);
        model.apply();
        model.confirm();
        assertEquals(List.of(), host.requests);
        loads.last().end(Fakes.result(1));

        assertEquals(List.of("restart"), host.requests);
        assertEquals(Map.of("shared_buffers", "256MB"), tunables.get().postgres().server());
        assertEquals(List.of("postgres.server.shared_buffers is in force: the server was restarted."), said);
    }

    @Test
    void aRestartThatFailsLeavesTheValueBeforeAndSaysWhy() {
        host.connected.completeExceptionally(new EngineException("PostgreSQL does not start with it."));
        model.ready(true);
        choose("shared_buffers");
        model.valueProperty().set("900GB");
        model.apply();
        model.confirm();

        assertEquals("PostgreSQL does not start with it.", model.restart().problemProperty().get());
        assertEquals(Map.of(), tunables.get().postgres().server());
    }

    @Test
    void theSettingsOfAnotherServerCanOnlyBeRead() {
        host.url = "jdbc:postgresql://good/db";
        model.ready(true);
        choose("work_mem");
        model.valueProperty().set("8MB");
        model.apply();

        assertFalse(model.changeableProperty().get());
        assertTrue(model.effectProperty().get().startsWith("The database in use is not the embedded server"),
                model.effectProperty().get());
        assertEquals(Map.of(), tunables.get().postgres().server());
    }

    @Test
    void whatIsTypedStaysWhileOtherSettingsChange() {
        model.ready(true);
        choose("work_mem");
        model.valueProperty().set("16");
        Setting other = server.settings.getFirst();
        List<Setting> changed = new ArrayList<>(server.settings);
        changed.set(0, new Setting(other.name(), "5433", other.unit(), other.group(), other.description(),
                other.range(), other.source(), other.change(), other.pending()));
        server.settings = changed;
        model.refresh();

        assertEquals("16", model.valueProperty().get());
        assertEquals("5433", model.settings().getFirst().value());
    }

    @Test
    void whyTheSettingsCannotBeReadLeavesWhenTheyAreRead() {
        model.ready(true);
        server.unreadable = "The database does not answer.";
        model.refresh();
        assertEquals("The database does not answer.", model.problemProperty().get());

        server.unreadable = "";
        model.refresh();

        assertEquals("", model.problemProperty().get());
    }
}
