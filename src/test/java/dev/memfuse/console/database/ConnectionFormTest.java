package dev.memfuse.console.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.Settings;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.console.fx.PageTools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionFormTest {
    private static final String GOOD = "jdbc:postgresql://good:5432/db";

    private final Fakes.Host host = new Fakes.Host();
    private final List<String> said = new ArrayList<>();
    private final PageTools tools = new PageTools(new DirectTaskRunner(), said::add);
    private final Settings settings;
    private final DatabaseViewModel typed;
    private final ConnectionsModel list;
    private final ConnectionForm form;

    ConnectionFormTest(@TempDir Path folder) {
        settings = Fakes.settings(folder);
        Connector connector = new Connector(
                new DatabaseChange(host, new Fakes.Loads(), Runnable::run, said::add), settings,
                new DirectTaskRunner());
        typed = new DatabaseViewModel(connector, settings.tunables(), Fakes::probe, new DirectTaskRunner());
        list = new ConnectionsModel(host, settings.connections(), connector, typed::test, tools);
        form = new ConnectionForm(typed, list, settings, tools);
        form.reload();
    }

    private void type(String name, String url) {
        form.nameProperty().set(name);
        typed.urlProperty().set(url);
    }

    private List<SavedConnection> saved() {
        return settings.connections().list().all();
    }

    private void select(String name) {
        list.selectedProperty()
                .set(list.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow());
    }

    @Test
    void savesTheTypedDatabaseAndSelectsIt() {
        type(" staging ", " " + GOOD + " ");
        typed.profileProperty().set("phase1");

        form.save();

        assertEquals(List.of(new SavedConnection("staging", GOOD, Optional.of("phase1"), false)), saved());
        assertEquals("staging", list.selectedProperty().get().name());
        assertEquals(List.of("Connection staging saved."), said);
        assertEquals("", form.nameProperty().get());
    }

    @Test
    void savesChangesAndConnectsReadOnly() {
        type("reports", GOOD);
        typed.readOnlyProperty().set(true);
        form.save();
        assertTrue(saved().getFirst().readOnly());
        assertFalse(typed.readOnlyProperty().get());

        select("reports");
        form.change();
        assertTrue(typed.readOnlyProperty().get());
        typed.readOnlyProperty().set(false);
        form.save();
        assertFalse(saved().getFirst().readOnly());

        type("", GOOD);
        typed.readOnlyProperty().set(true);
        typed.connect();
        assertEquals(List.of("connect " + GOOD + " read-only"), host.requests);
    }

    @Test
    void connectsToTheTypedUrlWithTheChosenProfile() {
        type("", GOOD);
        typed.profileProperty().set("legacy");

        typed.connect();
        host.connected.complete(null);

        assertEquals(List.of("connect " + GOOD), host.requests);
        assertEquals(List.of("The other database is in use, with the settings of the profile legacy."), said);
    }

    @Test
    void saysWhatIsMissingUntilSomethingIsTyped() {
        type("", GOOD);
        form.save();
        assertEquals("The connection has no name: give it one.", form.problemProperty().get());

        form.nameProperty().set("s");
        assertEquals("", form.problemProperty().get());
        assertEquals(List.of(), saved());
    }

    @Test
    void refusesAPasswordWithoutRepeatingIt() {
        type("staging", "jdbc:postgresql://me:hidden@good/db");

        form.save();

        assertTrue(form.problemProperty().get().contains("PGPASSWORD"), form.problemProperty().get());
        assertTrue(!form.problemProperty().get().contains("hidden"), form.problemProperty().get());
        assertEquals(List.of(), saved());
    }

    @Test
    void asksBeforeItReplacesAConnectionOfTheSameName() {
        type("staging", GOOD);
        form.save();
        type("STAGING", "jdbc:postgresql://good/other");

        form.save();
        assertEquals("There is a connection STAGING already.", form.questionProperty().get());
        form.keep();
        assertEquals(GOOD, saved().getFirst().url());

        form.save();
        form.replace();
        assertEquals("jdbc:postgresql://good/other", saved().getFirst().url());
        assertEquals(1, saved().size());
    }

    @Test
    void aQuestionAboutOneNameIsWithdrawnWhenAnotherIsTyped() {
        type("staging", GOOD);
        form.save();
        type("staging", "jdbc:postgresql://good/other");
        form.save();

        form.nameProperty().set("staging2");
        form.replace();

        assertEquals("", form.questionProperty().get());
        assertEquals(GOOD, saved().getFirst().url());
    }

    @Test
    void changesAndRenamesTheSelectedConnection() {
        type("staging", GOOD);
        form.save();
        select("staging");

        form.change();
        assertEquals("staging", form.nameProperty().get());
        assertEquals(GOOD, typed.urlProperty().get());
        type("test", "jdbc:postgresql://good/other");
        form.save();

        assertEquals(List.of(new SavedConnection("test", "jdbc:postgresql://good/other", Optional.empty(), false)),
                saved());
        assertNull(form.changedProperty().get());
    }

    @Test
    void aRenameNeverTakesTheNameOfAnother() {
        type("one", GOOD);
        form.save();
        type("two", GOOD);
        form.save();
        select("two");
        form.change();

        form.nameProperty().set("one");
        form.save();

        assertEquals("There is a connection one already: choose another name.", form.problemProperty().get());
        assertEquals(2, saved().size());
    }

    @Test
    void leavesTheConnectionUnchanged() {
        type("staging", GOOD);
        form.save();
        select("staging");
        form.change();
        type("other", "jdbc:postgresql://good/other");

        form.leave();

        assertEquals("", typed.urlProperty().get());
        assertNull(form.changedProperty().get());
        assertEquals("staging", saved().getFirst().name());
    }

    @Test
    void theEmbeddedServerCannotBeChanged() {
        select("Embedded server");

        form.change();

        assertNull(form.changedProperty().get());
    }

    @Test
    void offersTheProfilesAndKeepsOneThatIsGone() {
        settings.connections().add(new SavedConnection("staging", GOOD, Optional.of("gone"), false));
        list.reload();
        select("staging");
        form.change();
        assertEquals("gone", typed.profileProperty().get());

        form.reload();

        assertEquals("gone", typed.profileProperty().get());
        assertNull(form.profiles().getFirst());
        assertTrue(form.profiles().containsAll(List.of("legacy", "optimized", "gone")), form.profiles().toString());
    }

    @Test
    void aSecondSaveWaitsForTheEndOfTheFirst() {
        LateTaskRunner late = new LateTaskRunner();
        ConnectionForm slow = new ConnectionForm(typed, list, settings, new PageTools(late, said::add));
        slow.nameProperty().set("staging");
        typed.urlProperty().set(GOOD);

        slow.save();
        slow.save();
        assertTrue(slow.savingProperty().get());
        late.runAll();

        assertEquals("", slow.problemProperty().get());
        assertFalse(slow.savingProperty().get());
        assertEquals(List.of("Connection staging saved."), said);
    }

    @Test
    void whatIsTypedForARemovedConnectionIsSavedAsANewOne() {
        type("staging", GOOD);
        form.save();
        select("staging");
        form.change();
        form.nameProperty().set("archive");
        settings.connections().remove("staging");

        list.reload();
        assertNull(form.changedProperty().get());
        form.save();

        assertEquals(List.of("archive"), saved().stream().map(SavedConnection::name).toList());
    }
}
