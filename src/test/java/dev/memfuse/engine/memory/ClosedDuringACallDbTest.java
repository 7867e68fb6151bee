package dev.memfuse.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An engine that ends while a language model has not answered yet.
@Tag("db")
class ClosedDuringACallDbTest {

    @Test
    void theEndOfTheEngineCountsAsNoAttempt() throws SQLException, InterruptedException {
        Semaphore asked = new Semaphore(0);
        CountDownLatch never = new CountDownLatch(1);
        try (ModelServer server = ModelServer.start(_ -> {
            asked.release();
            never.await();
            return "";
        });
                EngineFixture fixture = EngineFixture.start("layers.m1.enabled=true", "llm.provider=openai",
                        "llm.base_url=" + server.baseUrl(), "llm.max_retries=0", "memory_service.max_retries=0",
                        "memory_service.timeout_per_layer=600")) {
            SessionKey session = fixture.newSession("user");
            AddResult added = fixture.engine().addBatch(session,
                    List.of(NewMessage.of(Role.USER, "I live in Lisbon.")));
            assertTrue(asked.tryAcquire(60, TimeUnit.SECONDS));
            fixture.set("llm.provider=local");
            fixture.restart();

            assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(60)));
            LayerResult result = fixture.engine().layerResults(session.userId(), added.roundId()).getFirst();
            assertEquals(LayerStatus.DONE, result.status(), result.note());
            assertEquals(1, result.attempts());
            never.countDown();
        }
    }
}
