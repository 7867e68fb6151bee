package dev.memfuse.load.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Workload;
import dev.memfuse.load.generator.OperationPlan.Planned;
import org.junit.jupiter.api.Test;

final class OperationPlanTest {
    private static List<Planned> operations(long seed, int count) {
        OperationPlan plan = new OperationPlan(
                new Workload(10, new Workload.Arrival.Closed(1), Duration.ofSeconds(1), Duration.ZERO,
                        new Workload.Mix(6, 3, 1), 10, 5, seed, Optional.empty()));
        return Stream.generate(plan::next).limit(count).toList();
    }

    @Test
    void isDeterministic() {
        assertEquals(operations(7, 500), operations(7, 500));
        assertNotEquals(operations(7, 500), operations(8, 500));
    }

    @Test
    void followsTheMix() {
        Map<OperationKind, Long> counts = operations(1, 10_000).stream()
                .collect(Collectors.groupingBy(Planned::kind, Collectors.counting()));

        assertEquals(0.6, counts.getOrDefault(OperationKind.ADD, 0L) / 1e4, 0.02);
        assertEquals(0.3, counts.getOrDefault(OperationKind.QUERY, 0L) / 1e4, 0.02);
        assertEquals(0.1, counts.getOrDefault(OperationKind.LIST, 0L) / 1e4, 0.02);
    }
}
