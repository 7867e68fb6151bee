package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class SerialTaskRunnerTest {
    private final LateTaskRunner late = new LateTaskRunner();
    private final List<String> done = new ArrayList<>();
    private final SerialTaskRunner serial = new SerialTaskRunner(late, e -> done.add("error " + e.getMessage()));

    private void start(String name) {
        serial.call(name, () -> done.add(name)).start();
    }

    @Test
    void aTaskStartsAfterTheOneBefore() {
        start("first");
        start("second");
        start("third");

        assertEquals(1, late.waiting());
        late.runAll();
        assertEquals(List.of("first", "second", "third"), done);
    }

    @Test
    void aFailureDoesNotHoldTheNextTaskBack() {
        serial.call("fails", () -> {
            throw new IllegalStateException("refused");
        }).start();
        start("next");

        late.runAll();

        assertEquals(List.of("error refused", "next"), done);
    }

    @Test
    void aConsumerThatFailsDoesNotHoldTheNextTaskBack() {
        serial.call("shown", () -> 1).onSuccess(_ -> {
            throw new IllegalStateException("view");
        }).start();
        start("next");

        assertThrows(IllegalStateException.class, late::runOldest);
        late.runAll();

        assertEquals(List.of("next"), done);
    }

    @Test
    void aTaskThatAConsumerStartsRunsLast() {
        serial.call("asks again", () -> done.add("asks again")).onSuccess(_ -> start("asked")).start();
        start("second");

        late.runAll();

        assertEquals(List.of("asks again", "second", "asked"), done);
    }
}
