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
    void aListenerThatFailsKeepsNoOtherOneFromTheState() {
        List<EngineState> told = new CopyOnWriteArrayList<>();
        states.follow(_ -> {
            throw new AssertionError("a listener");
        });
        states.follow(told::add);

        states.publish(READY);

        assertEquals(List.of(STARTING, READY), told);
    }

    @Test
    void aStateThatIsPublishedWhileAListenerIsAddedIsToldAfterTheOneInForce() throws InterruptedException {
        List<EngineState> told = new CopyOnWriteArrayList<>();
        AtomicReference<Thread> publishing = new AtomicReference<>();
        states.follow(state -> {
            if (state.equals(STARTING)) {
                Thread publisher = Thread.ofPlatform().start(() -> states.publish(READY));
                publishing.set(publisher);
                await("the next state is told, or waits",
                        () -> !told.isEmpty() || publisher.getState() == Thread.State.WAITING);
            }
            told.add(state);
        });
        publishing.get().join();

        assertEquals(List.of(STARTING, READY), told);
    }
}
