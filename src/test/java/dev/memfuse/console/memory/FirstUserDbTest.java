package dev.memfuse.console.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.User;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The Memory page on a database in which nobody has stored anything.
@Tag("db")
class FirstUserDbTest {
    private EngineFixture engine;
    private MemoryViewModel model;

    @BeforeEach
    void start() throws SQLException {
        engine = EngineFixture.start();
        model = new MemoryViewModel(() -> Optional.of(engine.engine()),
                new PageTools(new DirectTaskRunner(), _ -> {}), Runnable::run);
        model.users().engineState(new EngineState.Ready("PostgreSQL"));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private void begin() {
        PageState.Empty empty = assertInstanceOf(PageState.Empty.class, model.users().stateProperty().get());
        Objects.requireNonNull(empty.action()).run().run();
    }

    @Test
    void aMessageCanBeWrittenByHand() {
        begin();

        assertEquals(PageState.READY, model.users().stateProperty().get());
        assertEquals("me", Objects.requireNonNull(model.users().userProperty().get()).name());
        model.conversation().add(Role.USER, "I moved to Lisbon.", () -> {});
        assertEquals(List.of("I moved to Lisbon."),
                model.conversation().rows().stream().map(row -> row.message().content()).toList());
    }

    @Test
    void aUserThatSomebodyElseCreatedMeanwhileIsUsed() {
        User me = engine.engine().createUser("me");

        begin();

        assertEquals(me, model.users().userProperty().get());
        assertEquals("First session", Objects.requireNonNull(model.users().sessionProperty().get()).name());
    }
}
