package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.postgres.embedded.TestOutage;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Which refused calls the metrics of the engine count as errors.
@Tag("db")
class RefusedCallsDbTest {
    private TestOutage outage;
    private EngineFixture fixture;
    private MemoryEngine engine;
    private MetricsHub metrics;
    private SessionKey session;
    private UUID agent;

    @BeforeEach
    void start() throws IOException {
        outage = TestOutage.start();
        fixture = EngineFixture.on(outage.database(), TestFolders.create(), "buffer.bypass_mode=true");
        engine = fixture.engine();
        metrics = fixture.metrics();
        session = fixture.newSession("alice");
        agent = engine.agent(session.userId(), "agent").orElseThrow().id();
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
        outage.close();
    }

    private void assertCounted(Operation operation, Executable call) {
        long before = metrics.errors(operation);
        assertThrows(StorageUnavailableException.class, call, operation.label());
        assertEquals(before + 1, metrics.errors(operation), operation.label());
    }

    @Test
    void everyCallThatIsRefusedWhileTheDatabaseIsAwayIsAnErrorOfItsOperation() throws Exception {
        outage.begin(TestOutage.Kind.STOPPED);
        await("the engine reports the loss", fixture::databaseLost);

        assertCounted(Operation.ADD, () -> engine.addBatch(session, messages("text")));
        assertCounted(Operation.CREATE, () -> engine.createSession(session.userId(), agent, null));
        assertCounted(Operation.CREATE, () -> engine.createAgent(session.userId(), "another"));
        assertCounted(Operation.CREATE, () -> engine.createUser("bob"));
        assertCounted(Operation.CREATE, () -> engine.directories().createUser("bob", "described"));
        assertCounted(Operation.CREATE,
                () -> engine.directories().createAgent(session.userId(), UUID.randomUUID(), "another"));
        assertCounted(Operation.CREATE, () -> engine.loadData().createUser("bob", "run"));
        assertCounted(Operation.DELETE, () -> engine.deleteMessages(session, List.of(session.sessionId())));
        assertCounted(Operation.DELETE, () -> engine.deleteSession(session));
        assertCounted(Operation.DELETE, () -> engine.deleteUser(session.userId()));
        outage.end(TestOutage.Kind.STOPPED);
    }

    @Test
    void anAddThatIsRefusedForTooMuchWorkIsAnError() {
        fixture.set("layers.m1.enabled=true", "layers.max_backlog=1", "layers.when_full=refuse");
        long before = metrics.errors(Operation.ADD);
        int refused = 0;
        for (int add = 0; add < 200; add++) {
            try {
                engine.addBatch(session, messages("text " + add));
            } catch (EngineException e) {
                refused++;
            }
        }
        assertEquals(before + refused, metrics.errors(Operation.ADD));
        assertTrue(refused > 0, "none was refused");
        assertTrue(engine.awaitExtraction(Duration.ofSeconds(30)));
    }

    @Test
    void whatTheCallerHasToChangeIsNoError() {
        assertThrows(DuplicateNameException.class, () -> engine.createUser("alice"));
        assertThrows(InvalidValueException.class, () -> engine.createUser(" "));
        assertThrows(InvalidValueException.class, () -> engine.addBatch(session, List.of()));

        assertEquals(0, metrics.errors(Operation.CREATE));
        assertEquals(0, metrics.errors(Operation.ADD));
    }
}
