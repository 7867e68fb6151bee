package dev.memfuse.metrics.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

class MetricLimitTest {
    private static final AlertLimits LIMITS = new AlertLimits(5_000_000, 100_000_000, 250_000_000, 0.01, 0.9);
    private static final AlertRules.Content NONE = new AlertRules.Content(Set.of(), Map.of(), List.of(), List.of());

    private static List<String> texts(AlertRules.Content content) {
        return MetricLimit.of(content, LIMITS).stream().map(MetricLimit::text).toList();
    }

    @Test
    void theRulesOfTheProgramHaveTheLimitsOfTheSettings() {
        assertEquals(List.of("p99 wait for a connection, 5.00 ms", "p99 of add, 100 ms", "p99 of query, 250 ms",
                "error rate, 1.0 %", "heap used, 90.0 %"), texts(NONE));
    }

    @Test
    void whatIsSwitchedOffLimitsNothing() {
        MetricRule off = new MetricRule("slow", "list.p95", MetricRule.Side.ABOVE, 20, 3, 5, false);

        AlertRules.Content content = NONE.with(AlertRule.ADD, false, AlertRules.Timing.FIRST).with(off);

        assertEquals(List.of("p99 wait for a connection, 5.00 ms", "p99 of query, 250 ms", "error rate, 1.0 %",
                "heap used, 90.0 %"), texts(content));
    }

    @Test
    void rulesOfTheUserAndObjectivesFollowAndEqualLimitsAreOne() {
        MetricRule rule = new MetricRule("slow", "list.p95", MetricRule.Side.ABOVE, 20, 3, 5, true);

        AlertRules.Content content = NONE.with(rule).with(new ServiceLevel("add", "add.p99", 100, 0.99))
                .with(new ServiceLevel("strict", "add.p99", 40, 0.9));

        assertEquals(List.of("p95 of list, 20.0 ms", "p99 of add, 40.0 ms"), texts(content).subList(5, 7));
    }
}
