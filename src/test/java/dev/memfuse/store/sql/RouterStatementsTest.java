package dev.memfuse.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

/// Plans in the form that the documentation of Citus shows.
class RouterStatementsTest {
    @Test
    void theTasksOfAllPartsOfAPlanCount() {
        assertEquals(1, RouterStatements.tasks(List.of("Custom Scan (Citus Adaptive)", "  Task Count: 1",
                "  Tasks Shown: All", "  ->  Task", "        Node: host=localhost port=9701 dbname=postgres")));
        assertEquals(32, RouterStatements.tasks(List.of("Custom Scan (Citus Adaptive)", "  Task Count: 32",
                "  Tasks Shown: One of 32")));
        assertEquals(33, RouterStatements.tasks(List.of("Custom Scan (Citus Adaptive)", "  ->  Distributed Subplan 2_1",
                "        Task Count: 32", "  Task Count: 1")));
        assertEquals(0, RouterStatements.tasks(List.of("Seq Scan on messages")));
    }
}
