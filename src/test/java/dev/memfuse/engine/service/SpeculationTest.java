package dev.memfuse.engine.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.retrieval.MemoryIndex;
import dev.memfuse.metrics.SpeculationStats;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeculationTest {
    @TempDir
    Path folder;

    private final LiveTunables tunables = new LiveTunables(new ConfigLoader()
            .withOverrides(
                    List.of("buffer.speculative_buffer.enabled=true", "buffer.speculative_buffer.context_window=1"))
            .load());
    private final AtomicBoolean spare = new AtomicBoolean(true);
    private final BlockingQueue<Boolean> looks = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger together = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Speculation speculation = new Speculation(this::look, tunables, this::answer);
    private UserState state;

    @BeforeEach
    void askOnce() {
        state = new UserState(new UUID(0, 1), new MemoryIndex(folder), new SpeculationStats());
        state.speculation().asked(QueryRequest.of("asked", 5), tunables.get().buffer().speculativeBuffer());
    }

    private boolean look() {
        boolean answer = spare.get();
        looks.add(answer);
        return answer;
    }

    private void answer(UserState user, QueryRequest request) {
        most.accumulateAndGet(together.incrementAndGet(), Math::max);
        try {
            begun.add(request.text());
            permits.acquireUninterruptibly();
            if (request.text().equals("fails")) {
                throw new EngineException("The database cannot be reached.");
            }
        } finally {
            together.decrementAndGet();
        }
    }

    private void write(String text) {
        speculation.written(state, List.of(NewMessage.of(Role.USER, text)), tunables.get().buffer());
    }

    private void set(String key, Object value) {
        tunables.apply("test", config -> ConfigValues.with(config, key, value));
    }

    private void expect(String text) throws InterruptedException {
        assertEquals(text, begun.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void aNewerWriteEndsTheWorkOnThePredictionsBeforeItAndRunsNeverOverlap() throws InterruptedException {
        write("one");
        expect("asked");
        write("two");
        write("three");
        permits.release(2);

        expect("asked");
        expect("three");
        assertEquals(1, most.get());
    }

    @Test
    void nothingIsWorkedOutWithoutTimeToSpare() throws InterruptedException {
        spare.set(false);
        write("one");
        assertEquals(false, looks.poll(20, TimeUnit.SECONDS));
        spare.set(true);
        permits.release(10);
        write("two");

        expect("asked");
        expect("two");
    }

    @Test
    void nothingIsWorkedOutWhenItIsSwitchedOffOrNothingIsRemembered() throws InterruptedException {
        set("buffer.speculative_buffer.enabled", false);
        write("one");
        set("buffer.speculative_buffer.enabled", true);
        set("buffer.query.cache_size", 0);
        write("two");
        set("buffer.query.cache_size", 10);
        permits.release(10);
        write("three");

        expect("asked");
        expect("three");
    }

    @Test
    void aFailureLeavesTheNextWriteItsRun() throws InterruptedException {
        permits.release(10);
        write("fails");
        expect("asked");
        expect("fails");

        // The run that failed may still be ending: a write meanwhile begins none.
        EngineFixture.await("a run after the failure", () -> {
            write("next");
            return !begun.isEmpty();
        });
        expect("asked");
    }

    @Test
    void nothingBeginsAfterTheEnd() throws InterruptedException {
        write("one");
        expect("asked");
        speculation.close();
        write("two");
        permits.release(10);
        EngineFixture.await("the answer under way", () -> together.get() == 0);

        assertEquals(List.of(), List.copyOf(begun));
    }
}
