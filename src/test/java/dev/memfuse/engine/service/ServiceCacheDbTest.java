package dev.memfuse.engine.service;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;

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
}
