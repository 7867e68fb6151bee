package dev.memfuse.engine.service;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.transfer.UserExport;
import dev.memfuse.transfer.UserImport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first query after a start finds its index open.
@Tag("db")
class IndexesAheadDbTest {
    /// Number of turns of a user whose opening takes longer than a search.
    private static final int TURNS = 10_000;
    private static final int FEW = 1_000;

    @TempDir
    private Path folder;

    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("buffer.bypass_mode=true", "layers.m1.enabled=false",
                "layers.m2.enabled=false");
        session = fixture.newSession("alice");
    }

    private void fill(int turns) {
        for (int i = 0; i < turns; i += 1_000) {
            int from = i;
            fixture.engine().addBatch(session, EngineFixture.messages(IntStream.range(0, 1_000)
                    .mapToObj(n -> "We met at number " + (from + n) + " on the way home").toArray(String[]::new)));
        }
        query("number 76");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private double query(String question) {
        long start = System.nanoTime();
        assertFalse(fixture.engine().query(session.userId(), question, 5).hits().isEmpty());
        return (System.nanoTime() - start) / 1e6;
    }

    private boolean isOpen() {
        return isOpen(session.userId());
    }

    private boolean isOpen(UUID user) {
        return fixture.engine().runtime.states.find(user).stream().anyMatch(state -> state.index().isOpen());
    }

    @Test
    void theFirstQueryAfterAnImportFindsTheIndexOpen() {
        fill(FEW);
        Path file = folder.resolve("alice.jsonl");
        new UserExport(fixture.engine()).write(session.userId(), file, _ -> {});

        UUID copy = new UserImport(fixture.engine()).read(file, "bob", _ -> {}).user().id();

        await("the index is built ahead", () -> isOpen(copy));
    }

    @Test
    void theFirstQueryAfterAStartFindsTheIndexOpen() {
        fill(TURNS);
        fixture.restart();
        await("the index is opened ahead", this::isOpen);

        double first = query("number 77");
        double index = Trace.current().stageNanos(Stage.INDEX) / 1e6;

        System.out.printf(Locale.ROOT, "first query after a start with %,d turns: %.1f ms, stage index %.1f ms%n",
                TURNS,
                first, index);
        assertTrue(index < 100, "stage index took ms: " + index);
        assertTrue(first < 500, "the first query took ms: " + first);
    }

    /// Without the opening ahead, the time is still that of stage index.
    @Test
    void theOpeningIsTimedAsStageIndex() {
        fill(TURNS);
        fixture.engine().runtime.states.find(session.userId()).orElseThrow().index()
                .closeAfterQueries(Duration.ofSeconds(20));

        double first = query("number 78");

        double index = Trace.current().stageNanos(Stage.INDEX) / 1e6;
        double fuse = Trace.current().stageNanos(Stage.FUSE) / 1e6;
        System.out.printf(Locale.ROOT, "query that opens the index: %.1f ms, index %.1f ms, fuse %.1f ms%n", first,
                index, fuse);
        assertTrue(index > fuse, "index " + index + " fuse " + fuse);
    }

    @Test
    void aWriteOpensTheIndexOfItsUser() {
        fill(FEW);
        fixture.engine().runtime.states.find(session.userId()).orElseThrow().index()
                .closeAfterQueries(Duration.ofSeconds(20));
        fixture.engine().runtime.idleUsers.release(Duration.ZERO, Duration.ZERO);

        fixture.engine().addBatch(session, EngineFixture.messages("One more."));

        await("the index is opened ahead", this::isOpen);
    }
}
