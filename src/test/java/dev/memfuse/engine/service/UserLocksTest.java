package dev.memfuse.engine.service;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

class UserLocksTest {
    private final UserLocks locks = new UserLocks();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final UUID alice = UUID.randomUUID();

    private boolean hold(String name, CountDownLatch inside, CountDownLatch leave) {
        events.add(name + " begins");
        inside.countDown();
        try {
            leave.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return events.add(name + " ends");
    }

    @Test
    void callsRunConcurrentlyAndADeletionAfterThem() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch leave = new CountDownLatch(1);
        List<Thread> calls = List.of(
                Thread.ofVirtual().start(() -> locks.shared(alice, () -> hold("call", inside, leave))),
                Thread.ofVirtual().start(() -> locks.shared(alice, () -> hold("call", inside, leave))));
        inside.await();
        Thread deletion = Thread.ofPlatform().start(() -> locks.exclusive(alice, () -> events.add("deleted")));
        await("the deletion waits", () -> deletion.getState() == Thread.State.WAITING);
        Thread late = Thread.ofPlatform().start(() -> locks.shared(alice, () -> events.add("late")));
        await("a later call waits behind it", () -> late.getState() == Thread.State.WAITING);
        assertEquals(true, locks.shared(UUID.randomUUID(), () -> true), "other users do not wait");
        leave.countDown();
        for (Thread thread : calls) {
            thread.join();
        }
        deletion.join();
        late.join();

        assertEquals(List.of("call begins", "call begins", "call ends", "call ends", "deleted", "late"), events);
        assertEquals(0, locks.size());
    }

    @Test
    void aFailedCallReleasesTheLock() {
        assertThrows(IllegalStateException.class, () -> locks.exclusive(alice, () -> {
            throw new IllegalStateException();
        }));

        assertEquals(0, locks.size());
    }
}
