package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.palette.PaletteItem;
import dev.memfuse.console.palette.PaletteViewModel;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.load.run.FakeEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Users and sessions in the palette, asked for while a person types.
class UserSearchTest {
    private final FakeEngine engine = new FakeEngine();
    private final LateTaskRunner tasks = new LateTaskRunner();
    private final List<String> opened = new ArrayList<>();
    private boolean ready = true;
    private final PaletteViewModel palette = new PaletteViewModel(List.of(new UserSearch(
            () -> ready ? Optional.of(engine) : Optional.empty(), tasks,
            (user, session) -> opened.add(user.name() + (session == null ? "" : "/" + session.name())))),
            new Remembered());

    @BeforeEach
    void open() {
        User alice = user("alice", 1);
        user("alistair", 2);
        user("bob", 3);
        engine.inspection.sessions.add(new Session(new SessionKey(alice.id(), new UUID(2, 0)), new UUID(3, 0),
                "trip to Lisbon", Instant.EPOCH));
        palette.shownProperty().set(true);
    }

    private User user(String name, long id) {
        User user = new User(new UUID(1, id), name, Instant.EPOCH);
        engine.inspection.users.add(user);
        return user;
    }

    private List<String> titles() {
        return palette.rows().stream().map(PaletteItem::title).toList();
    }

    @Test
    void usersAndTheirSessionsAreFoundByPartsOfTheirNames() {
        palette.queryProperty().set("ali");
        tasks.runAll();
        assertTrue(titles().containsAll(List.of("alice", "alistair", "trip to Lisbon")), titles().toString());

        palette.queryProperty().set("alice lis");
        tasks.runAll();
        assertEquals(List.of("trip to Lisbon"), titles());
        palette.run();
        assertEquals(List.of("alice/trip to Lisbon"), opened);
    }

    @Test
    void oneQuestionIsAskedAtATimeAndTheNewestQueryCounts() {
        for (String typed : List.of("al", "ali", "bo", "bob")) {
            palette.queryProperty().set(typed);
        }
        assertEquals(1, tasks.waiting());
        tasks.runOldest();
        assertEquals(1, tasks.waiting());
        tasks.runAll();

        assertEquals(List.of("bob"), titles());
    }

    @Test
    void aSingleLetterAndAnEngineThatIsNotReadyAskNothing() {
        palette.queryProperty().set("a");
        ready = false;
        palette.queryProperty().set("alice");

        assertEquals(0, tasks.waiting());
        assertTrue(palette.emptyTextProperty().get().contains("a user or a session"),
                palette.emptyTextProperty().get());
    }

    @Test
    void rowsOfAnEarlierOpeningDoNotAppear() {
        palette.queryProperty().set("alice");
        palette.shownProperty().set(false);
        palette.shownProperty().set(true);
        tasks.runAll();

        assertEquals(List.of(), titles());
    }
}
