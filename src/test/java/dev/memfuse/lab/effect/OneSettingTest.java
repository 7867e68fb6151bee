package dev.memfuse.lab.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arms;
import org.junit.jupiter.api.Test;

class OneSettingTest {
    private static final MemFuseConfig DEFAULTS = new ConfigLoader().load();

    private static OneSetting of(String path, MemFuseConfig running) {
        return new OneSetting(ConfigSchema.require(path), new Arms(new FileProfiles(Path.of("none")), running));
    }

    @Test
    void aSwitchIsComparedWithItsOppositeAndAChoiceWithAnotherOne() {
        String bypass = ConfigValues.print(ConfigValues.get(DEFAULTS, "buffer.bypass_mode"));
        assertEquals(Optional.of(Boolean.toString(!Boolean.parseBoolean(bypass))),
                of("buffer.bypass_mode", DEFAULTS).suggestion(DEFAULTS));
        assertEquals(Optional.of("legacy"), of("postgres.manager", DEFAULTS).suggestion(DEFAULTS));
    }

    @Test
    void aChangedNumberIsComparedWithItsDefaultAndTheDefaultWithNothing() {
        MemFuseConfig changed = ConfigValues.with(DEFAULTS, "postgres.pool_size", 17);

        assertEquals(Optional.of("10"), of("postgres.pool_size", changed).suggestion(DEFAULTS));
        assertEquals(Optional.empty(), of("postgres.pool_size", DEFAULTS).suggestion(DEFAULTS));
    }

    @Test
    void thePlanComparesTheValueInForceWithTheOtherOneAndNothingElse() {
        MemFuseConfig running = ConfigValues.with(DEFAULTS, "postgres.max_overflow", 3);

        ComparisonPlan plan = of("postgres.pool_size", running).plan(" 5 ", Metric.parse("add.p50"));

        assertEquals(List.of("postgres.pool_size: 10 → 5"),
                plan.differences().stream().map(Object::toString).toList());
        assertEquals(running, plan.a().config());
        assertEquals(ComparisonPlan.QUICK_PAIRS, plan.pairs());
        assertTrue(plan.planned().toMinutes() < 10, plan.planned().toString());
    }

    @Test
    void theValueInForceAWrongValueAndAFixedSettingAreRefusedWithASentence() {
        assertTrue(refusal("postgres.manager", "optimized").contains("optimized is in force"));
        assertTrue(refusal("postgres.pool_size", "0").contains("expected a whole number from 1 to 1000"));
        assertTrue(refusal("postgres.url", "jdbc:postgresql://one/two").contains("fixed"),
                refusal("postgres.url", "jdbc:postgresql://one/two"));
    }

    private static String refusal(String path, String value) {
        return assertThrows(ConfigException.class, () -> of(path, DEFAULTS).plan(value, Metric.parse("add.p50")))
                .getMessage();
    }

    @Test
    void retrievalIsJudgedByQueriesAndTheRestByAdds() {
        assertEquals("query.p50", of("retrieval.fusion", DEFAULTS).primary().name());
        assertEquals("add.p50", of("postgres.pool_size", DEFAULTS).primary().name());
    }

    @Test
    void whatAComparisonCannotChangeIsNotComparable() {
        for (String path : List.of("postgres.url", "load.keep_data", "embedding.model")) {
            assertFalse(OneSetting.comparable(ConfigSchema.require(path)), path);
        }
        assertTrue(OneSetting.comparable(ConfigSchema.require("buffer.bypass_mode")));
    }
}
