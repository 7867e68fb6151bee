package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("db")
class ClosedEngineDbTest {
    /// The thread lives on and is not the one that closes the engine, as when a person changes the database.
    @ParameterizedTest
    @ValueSource(strings = {"optimized", "legacy"})
    void aThreadThatUsedAnEngineDoesNotKeepIt(String manager) throws Exception {
        try (ExecutorService user = Executors.newSingleThreadExecutor()) {
            WeakReference<MemoryEngine> engine = useAndClose(user, manager);

            await("The closed engine is collected", () -> {
                System.gc();
                return engine.refersTo(null);
            });
        }
    }

    private static WeakReference<MemoryEngine> useAndClose(ExecutorService user, String manager) throws Exception {
        try (EngineFixture fixture = EngineFixture.start("postgres.manager=" + manager)) {
            user.submit(() -> {
                SessionKey session = fixture.newSession("user");
                fixture.engine().addBatch(session, EngineFixture.messages("I live in Oslo."));
                fixture.engine().flush();
                fixture.engine().query(session.userId(), "Where do I live?", 1);
                return fixture.database().withConnection("use it", Connection::isReadOnly);
            }).get();
            return new WeakReference<>(fixture.engine());
        }
    }
}
