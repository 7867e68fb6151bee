package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class FxCoalescerTest {
    private final List<Runnable> queue = new ArrayList<>();
    private final AtomicInteger refreshes = new AtomicInteger();

    @Test
    void makesOneRefreshOfManyRequests() {
        var coalescer = new FxCoalescer(queue::add, refreshes::incrementAndGet);

        for (int i = 0; i < 1000; i++) {
            coalescer.request();
        }

        assertEquals(1, queue.size());
    }

    @Test
    void doesNotLoseARequestMadeDuringTheRefresh() {
        var again = new ArrayList<FxCoalescer>();
        var coalescer = new FxCoalescer(queue::add, () -> {
            if (refreshes.incrementAndGet() == 1) {
                again.getFirst().request();
            }
        });
        again.add(coalescer);

        coalescer.request();
        queue.removeFirst().run();
        queue.removeFirst().run();

        assertEquals(2, refreshes.get());
    }
}
