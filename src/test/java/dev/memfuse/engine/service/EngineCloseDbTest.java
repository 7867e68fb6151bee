package dev.memfuse.engine.service;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A native call behind the end of its model would end this JVM.
@Tag("db")
class EngineCloseDbTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> MODELS = List.of("embedding.model=all_minilm_l6_v2",
            "embedding.model=bge_small_en_v15");

    /// @param calls number of finished calls before the engine closes; with 0 the first model is being loaded
    @ParameterizedTest
    @CsvSource({"true, 0", "true, 1", "true, 30", "false, 0", "false, 4"})
    void anEngineClosesUnderLoadAndDuringAChangeOfTheModel(boolean cache, int calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                EngineFixture fixture = EngineFixture.start("services.cache=" + cache, "buffer.bypass_mode=false",
                        "layers.m1.enabled=true")) {
            SessionKey session = fixture.newSession("alice");
            CountDownLatch done = new CountDownLatch(calls);
            CountDownLatch started = new CountDownLatch(6);
            AtomicInteger number = new AtomicInteger();
            List<Future<EngineException>> callers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                boolean adds = i % 3 == 0;
                callers.add(threads.submit(() -> {
                    started.countDown();
                    return assertThrows(EngineException.class, () -> {
                        while (true) {
                            String text = "The keeper wrote line " + number.incrementAndGet() + ".";
                            if (adds) {
                                fixture.engine().addBatch(session, messages(text));
                            } else {
                                fixture.engine().query(session.userId(), QueryRequest.of(text, 5));
                            }
                            done.countDown();
                        }
                    });
                }));
            }
            started.await();
            done.await();
            fixture.set(MODELS.get(calls % 2));

            assertTimeoutPreemptively(LIMIT, () -> fixture.engine().close());

            for (Future<EngineException> caller : callers) {
                assertEquals("The engine is shutting down.", caller.get().getMessage());
            }
        }
    }
}
