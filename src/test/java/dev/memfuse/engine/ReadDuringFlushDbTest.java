package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.StoreCalls;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A list reads the buffers, then the database. What was buffered is stored between the two.
@Tag("db")
class ReadDuringFlushDbTest {
    private final AtomicReference<Runnable> beforeRead = new AtomicReference<>(() -> {});

    /// A store that lets the test act before a list is read from it.
    private MemoryStore watched(MemoryStore real) {
        return StoreCalls.around(real, (method, call) -> {
            if (method.equals("messages.ofSession")) {
                beforeRead.getAndSet(() -> {}).run();
            }
            return call.call();
        });
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void messagesThatAreStoredMeanwhileKeepTheirPlace(Order order) throws SQLException {
        TestServer.TestDatabase database = TestServer.newDatabaseWithSchema();
        try (EngineFixture fixture = EngineFixture.on(database, TestFolders.create(), this::watched,
                "buffer.bypass_mode=false")) {
            SessionKey session = fixture.newSession("user");
            List<UUID> added = new ArrayList<>(fixture.engine().addBatch(session, messages("stored"))
                    .messageIds());
            fixture.engine().flush();
            added.addAll(fixture.engine().addBatch(session, messages("a", "b", "c")).messageIds());
            added.addAll(fixture.engine().addBatch(session, messages("d", "e")).messageIds());
            beforeRead.set(fixture.engine()::flush);

            List<UUID> listed = fixture.engine().messages(session, 3, order).stream().map(Message::id).toList();

            // Ids grow with time, so both ascending orders are one here.
            boolean ascending = order == Order.OLDEST_FIRST || order == Order.ID_ASCENDING;
            assertEquals(ascending ? added.subList(0, 3) : added.reversed().subList(0, 3), listed);
        } finally {
            TestServer.drop(database);
        }
    }
}
