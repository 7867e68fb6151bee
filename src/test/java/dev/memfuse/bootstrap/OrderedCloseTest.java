package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class OrderedCloseTest {
    private final List<String> taken = new ArrayList<>();

    private OrderedClose.Step step(String name) {
        return () -> {
            taken.add(name);
        };
    }

    private OrderedClose.Step failing(String name, RuntimeException failure) {
        return () -> {
            taken.add(name);
            throw failure;
        };
    }

    @Test
    void eachStepIsTakenInOrderAlsoAfterErrors() {
        Error first = new NoClassDefFoundError("dev/memfuse/Main");
        RuntimeException second = new IllegalStateException("no");

        Error thrown = assertThrows(NoClassDefFoundError.class, () -> OrderedClose.all(step("settings"), () -> {
            taken.add("supervisor");
            throw first;
        }, failing("engine", second), step("journal"), step("server")));

        assertEquals(List.of("settings", "supervisor", "engine", "journal", "server"), taken);
        assertSame(first, thrown);
        assertArrayEquals(new Throwable[]{second}, thrown.getSuppressed());
    }

    @Test
    void withoutAFailureNothingIsThrown() {
        OrderedClose.all(step("engine"), step("server"));

        assertEquals(List.of("engine", "server"), taken);
    }
}
