package dev.memfuse.console.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.memfuse.console.FakeServerView;
import dev.memfuse.console.database.ServerModel.Part;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.engine.host.ServerView.Counter;
import dev.memfuse.engine.host.ServerView.Session;
import org.junit.jupiter.api.Test;

/// Sessions, locks, statements and tables on the Database page.
class ServerModelTest {
    private final FakeServerView server = new FakeServerView();
    private final ServerModel model = new ServerModel(server, new DirectTaskRunner());

    @Test
    void onlyTheVisiblePartIsReadAndOnlyWithADatabase() {
        model.refresh();
        assertEquals(List.of(), model.sessions());
        model.ready(true);
        model.refresh();
        assertEquals(2, model.sessions().size());
        assertEquals(List.of(), model.tables());

        model.partProperty().set(Part.TABLES);
        assertEquals(1, model.tables().size());
        model.partProperty().set(Part.LOCKS);
        assertEquals(1, model.locks().size());
        model.ready(false);

        assertEquals(List.of(), model.locks());
    }

    @Test
    void statementsAreCountedWhenThePersonWantsIt() {
        model.ready(true);
        model.partProperty().set(Part.STATEMENTS);
        assertTrue(model.countableProperty().get());
        assertEquals("The counters of statements are not readable yet.", model.problemProperty().get());

        model.countStatements();

        assertFalse(model.countableProperty().get());
        assertEquals("", model.problemProperty().get());
        assertEquals(1, model.statements().size());
    }

    @Test
    void aSessionIsSignalledOnlyAfterAQuestion() {
        Session waiting = server.sessions.getFirst();
        Session own = server.sessions.getLast();
        model.ready(true);
        model.askTerminate(waiting);
        model.keep();
        model.confirm();
        assertEquals(List.of(), server.signals);

        model.askCancel(waiting);
        model.confirm();
        assertEquals("The statement of session 102 was cancelled.", model.outcomeProperty().get());
        model.askTerminate(own);
        assertTrue(model.questionProperty().get().contains("one of this program"));
        model.confirm();

        assertEquals(List.of("cancel 102", "terminate 101"), server.signals);
        assertEquals("There is no session 101 any more.", model.outcomeProperty().get());
    }

    @Test
    void aSlowReadingOfThePartBeforeIsNotShown() {
        LateTaskRunner late = new LateTaskRunner();
        ServerModel slow = new ServerModel(server, late);
        slow.ready(true);
        slow.partProperty().set(Part.LOCKS);
        slow.partProperty().set(Part.TABLES);

        late.runAll();

        assertEquals(List.of(), slow.locks());
        assertEquals(1, slow.tables().size());
    }

    @Test
    void anEmptyTableSaysWhetherThereIsADatabaseOrAReadingOrNothing() {
        LateTaskRunner late = new LateTaskRunner();
        server.sessions = List.of();
        ServerModel slow = new ServerModel(server, late);
        assertEquals("The database is not connected.", slow.emptyProperty().get());

        slow.ready(true);
        slow.refresh();
        assertEquals("Reading…", slow.emptyProperty().get());
        late.runAll();
        assertEquals("No session of a client.", slow.emptyProperty().get());
        slow.partProperty().set(Part.LOCKS);
        assertEquals("Reading…", slow.emptyProperty().get());
        late.runAll();
        assertEquals("No session waits for a lock.", slow.emptyProperty().get());
        slow.ready(false);

        assertEquals("The database is not connected.", slow.emptyProperty().get());
    }

    @Test
    void aFirstReadingThatFailsIsNoEmptyTable() {
        server.unreadable = "The server does not answer.";
        model.ready(true);
        model.refresh();

        assertEquals("The server could not be read.", model.emptyProperty().get());
        assertEquals("The server does not answer.", model.problemProperty().get());
        model.ready(false);
        assertEquals("", model.problemProperty().get());
    }

    @Test
    void rowsThatStayAfterAFailedReadingHaveTheirAge() {
        AtomicLong nanos = new AtomicLong();
        ServerModel aging = new ServerModel(server, new DirectTaskRunner(), nanos::get);
        aging.ready(true);
        aging.refresh();
        server.unreadable = "The server does not answer.";
        nanos.set(14_000_000_000L);
        aging.refresh();

        assertEquals(2, aging.sessions().size());
        assertEquals("These figures are 14 s old: no new ones arrive.", aging.ageProperty().get());
        server.unreadable = "";
        aging.refresh();
        assertEquals("", aging.ageProperty().get());
    }

    @Test
    void aReadingThatDoesNotEndMakesTheRowsOld() {
        AtomicLong nanos = new AtomicLong();
        LateTaskRunner late = new LateTaskRunner();
        ServerModel slow = new ServerModel(server, late, nanos::get);
        slow.ready(true);
        slow.refresh();
        late.runAll();
        slow.refresh();
        nanos.set(5_000_000_000L);
        slow.refresh();

        assertEquals("These figures are 5 s old: no new ones arrive.", slow.ageProperty().get());
    }

    @Test
    void aLateReadingOfTheDatabaseBeforeIsNotShown() {
        LateTaskRunner late = new LateTaskRunner();
        ServerModel slow = new ServerModel(server, late);
        slow.ready(true);
        slow.refresh();
        slow.ready(false);
        late.runAll();

        assertEquals(List.of(), slow.sessions());
        assertEquals("The database is not connected.", slow.emptyProperty().get());
    }

    @Test
    void theActivityIsThatBetweenTwoReadings() {
        model.ready(true);
        model.partProperty().set(Part.ACTIVITY);
        assertEquals("The first figures need two readings.", model.emptyProperty().get());
        model.refresh();

        assertEquals(1, model.intervals().size());
        assertEquals(500, model.intervals().getFirst().perSecond(Counter.COMMITS).orElseThrow());
        model.ready(false);
        assertEquals(List.of(), model.intervals());
    }
}
