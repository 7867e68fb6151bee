package dev.memfuse.engine.memory;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class LayerBackpressureDbTest {
    private final CountDownLatch answer = new CountDownLatch(1);
    private EngineFixture fixture;
    private SessionKey session;
    private ModelServer server;

    @BeforeEach
    void start() throws SQLException {
        server = ModelServer.start(_ -> {
            answer.await();
            return "{\"title\": \"t\", \"summary\": \"s\"}";
        });
        fixture = EngineFixture.start("layers.m1.enabled=true", "llm.provider=openai",
                "llm.base_url=" + server.baseUrl());
        session = fixture.newSession("alice");
        for (int i = 0; i < 3; i++) {
            add();
        }
        await("the model is asked", () -> !server.calls().isEmpty());
    }

    @AfterEach
    void stop() {
        answer.countDown();
        fixture.close();
        server.close();
    }

    private void add() {
        fixture.engine().addBatch(session, List.of(NewMessage.of(Role.USER, "I live in Lisbon.")));
    }

    private double secondsOfAnAdd() {
        long began = System.nanoTime();
        add();
        return (System.nanoTime() - began) / 1e9;
    }

    @Test
    void aBacklogDoesNotDelayAddsUnlessAskedTo() throws SQLException {
        assertTrue(secondsOfAnAdd() < 1);
        assertEquals(4, fixture.count("SELECT count(*) FROM rounds"));
    }

    @Test
    void aFullWorkListSlowsAdds() throws SQLException {
        fixture.set("layers.max_backlog=2");

        assertTrue(secondsOfAnAdd() >= 1);
        assertEquals(4, fixture.count("SELECT count(*) FROM rounds"));

        answer.countDown();
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
        assertTrue(secondsOfAnAdd() < 1);
    }

    @Test
    void aFullWorkListRefusesAdds() throws SQLException {
        fixture.set("layers.max_backlog=2", "layers.when_full=refuse");

        String sentence = String.valueOf(assertThrows(EngineException.class, this::add).getMessage());

        assertEquals("3 rounds wait for their layers; layers.max_backlog allows 2. Add the messages later.", sentence);
        assertEquals(3, fixture.count("SELECT count(*) FROM rounds"));
        answer.countDown();
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
        add();
    }
}
