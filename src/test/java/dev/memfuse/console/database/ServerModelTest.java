package dev.memfuse.console.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.console.FakeServerView;
import dev.memfuse.console.database.ServerModel.Part;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.LateTaskRunner;
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
}
