package dev.memfuse.store.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import org.junit.jupiter.api.Test;

class PoolRegistryTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:1/none";

    private final AcquireGate gate = new AcquireGate();
    private final AtomicInteger created = new AtomicInteger();

    private static PostgresConfig impatient() {
        return ConfigValues.with(new ConfigLoader().load(), "postgres.pool_timeout", Duration.ofMillis(250)).postgres();
    }

    /// A call may have passed the gate just before it was closed, and come to the registry after the pool was removed.
    @Test
    void noPoolIsCreatedWhileTheServerIsAwayOnPurpose() {
        PoolRegistry pools = new PoolRegistry(_ -> {
            created.incrementAndGet();
            throw new IllegalStateException("created");
        }, gate);
        gate.hold();

        assertThrows(SQLTransientConnectionException.class, () -> pools.get(URL, impatient()));
        assertNull(pools.removeCreated(URL));
        assertEquals(0, created.get());

        gate.release();
        assertThrows(IllegalStateException.class, () -> pools.get(URL, impatient()));
        assertEquals(1, created.get());
    }
}
