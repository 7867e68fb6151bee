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
import dev.memfuse.engine.buffer.TextBudget;
import dev.memfuse.engine.buffer.UserBuffers;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.retrieval.OpenIndexes;
import dev.memfuse.metrics.SpeculationStats;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeculationTest {
    private final OpenIndexes open = new OpenIndexes(10);

    @TempDir
    Path folder;

    private final LiveTunables tunables = new LiveTunables(new ConfigLoader()
            .withOverrides(
                    List.of("buffer.speculative_buffer.enabled=true", "buffer.speculative_buffer.context_window=1"))
            .load());
    private final AtomicBoolean idle = new AtomicBoolean(true);
    private final BlockingQueue<Boolean> checks = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger together = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Speculation speculation = new Speculation(this::checkIdle, tunables, this::answer);
    private UserState state;

    @BeforeEach
    void askOnce() {
        UUID user = new UUID(0, 1);
        state = new UserState(user, new UserBuffers(user, (_, _) -> {}, TextBudget.ofHeap()),
                open.index(folder, _ -> {}),
                new UserSessions(List::of), new UserActivity(() -> {}), new SpeculationStats());
        state.speculation().recordQuery(QueryRequest.of("asked", 5), tunables.get().buffer().speculativeBuffer());
    }

    private boolean checkIdle() {
        boolean answer = idle.get();
        checks.add(answer);
        return answer;
    }

    private void answer(UserState user, QueryRequest request) {
        most.accumulateAndGet(together.incrementAndGet(), Math::max);
        try {
            started.add(request.text());
            permits.acquireUninterruptibly();
            if (request.text().equals("fails")) {
                throw new EngineException("The database cannot be reached.");
            }
        } finally {
            together.decrementAndGet();
        }
    }

    private void write(String text) {
        speculation.recordWrite(state, List.of(NewMessage.of(Role.USER, text)), tunables.get().buffer());
    }

    private void set(String key, Object value) {
        tunables.apply("test", config -> ConfigValues.with(config, key, value));
    }

    private void expect(String text) throws InterruptedException {
        assertEquals(text, started.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void aNewerWriteEndsTheRunForOlderPredictionsAndRunsNeverOverlap() throws InterruptedException {
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
    void computesNothingWhileTheEngineIsBusy() throws InterruptedException {
        idle.set(false);
        write("one");
        assertEquals(false, checks.poll(20, TimeUnit.SECONDS));
        idle.set(true);
        permits.release(10);
        write("two");

        expect("asked");
        expect("two");
    }

    @Test
    void computesNothingWhenSwitchedOffOrWithoutCache() throws InterruptedException {
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
    void aWriteAfterAFailedRunStartsAnother() throws InterruptedException {
        permits.release(10);
        write("fails");
        expect("asked");
        expect("fails");

        // A write starts no run while the failed one is still ending.
        EngineFixture.await("a run after the failure", () -> {
            write("next");
            return !started.isEmpty();
        });
        expect("asked");
    }

    @Test
    void startsNothingAfterClose() throws InterruptedException {
        write("one");
        expect("asked");
        speculation.close();
        write("two");
        permits.release(10);
        EngineFixture.await("the running answer", () -> together.get() == 0);

        assertEquals(List.of(), List.copyOf(started));
    }
}
