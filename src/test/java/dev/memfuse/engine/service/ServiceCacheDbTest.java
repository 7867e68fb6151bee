package dev.memfuse.engine.service;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class ServiceCacheDbTest {

    @Test
    void withoutTheCacheEachCallParsesItsConfigurationAgain() throws Exception {
        AtomicInteger parses = new AtomicInteger();
        try (EngineFixture fixture = EngineFixture.start()) {
            SessionKey session = fixture.newSession("alice");
            try (DefaultMemoryEngine engine = new DefaultMemoryEngine(fixture.dependencies(config -> {
                parses.incrementAndGet();
                return config;
            }), fixture.tunables(), fixture.metrics())) {
                engine.addBatch(session, messages("one"));
                engine.messages(session, 10, Order.OLDEST_FIRST);
                assertEquals(0, parses.get());

                fixture.set("services.cache=false");
                engine.addBatch(session, messages("two"));
                engine.messages(session, 10, Order.OLDEST_FIRST);
                assertEquals(2, parses.get());

                fixture.set("services.cache=true");
                assertEquals(2, engine.messages(session, 10, Order.OLDEST_FIRST).size());
                assertEquals(2, parses.get());
            }
        }
    }

    /// Acknowledged messages must not depend on a service object.
    @Test
    void buffersAndIndexOutliveAServiceBuiltForOneCall() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("services.cache=false", "buffer.bypass_mode=false")) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, messages("one"));
            fixture.engine().addBatch(session, messages("two"));

            assertEquals(2, fixture.engine().messages(session, 10, Order.OLDEST_FIRST).size());
            fixture.engine().flush();
            assertEquals(2, fixture.count("SELECT count(*) FROM messages"));
        }
    }

    /// Each call loads a model of up to 100 MB; all at once they would take more than the heap has.
    @Test
    void manyCallsAtOnceWaitForMemoryAndAllSucceed() throws Exception {
        int calls = (int) (3 * Runtime.getRuntime().maxMemory() / 2 / SessionLimit.HEAP_BYTES);
        try (EngineFixture fixture = EngineFixture.start("services.cache=false")) {
            SessionKey session = fixture.newSession("alice");
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<AddResult>> adds = IntStream.range(0, calls).mapToObj(
                        i -> threads.submit(() -> fixture.engine().addBatch(session, messages("text " + i)))).toList();
                for (Future<AddResult> add : adds) {
                    assertEquals(1, add.get().messageIds().size());
                }
            }

            assertEquals(calls, fixture.count("SELECT count(*) FROM messages"));
        }
    }
}
