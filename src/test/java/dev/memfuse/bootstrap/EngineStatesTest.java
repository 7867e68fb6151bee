package dev.memfuse.bootstrap;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.Test;

class EngineStatesTest {
    private static final EngineState STARTING = new EngineState.Starting("Starting", -1);
    private static final EngineState READY = new EngineState.Ready("a database");

    private final EngineStates states = new EngineStates(STARTING);

    @Test
    void aListenerIsToldTheStateInForceAndEachLaterOne() {
        List<EngineState> told = new CopyOnWriteArrayList<>();
        states.follow(told::add);
        states.publish(READY);
        assertEquals(List.of(STARTING, READY), told);
        assertEquals(READY, states.current());
    }

    @Test
    void aListenerThatIsAddedWhileAStateIsToldHearsItOnce() throws InterruptedException {
        List<EngineState> told = new CopyOnWriteArrayList<>();
        AtomicReference<Thread> adding = new AtomicReference<>();
        states.follow(state -> {
            if (state.equals(READY)) {
                adding.set(Thread.ofPlatform().start(() -> states.follow(told::add)));
                await("the other listener is added, or waits",
                        () -> !told.isEmpty() || adding.get().getState() == Thread.State.WAITING);
            }
        });

        states.publish(READY);
        adding.get().join();

        assertEquals(List.of(READY), told);
    }
}
