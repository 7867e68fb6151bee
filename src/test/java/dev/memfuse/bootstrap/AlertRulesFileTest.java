package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.file.FullDisk;
import dev.memfuse.metrics.alert.AlertRule;
import dev.memfuse.metrics.alert.AlertRules;
import dev.memfuse.metrics.alert.AlertRules.Timing;
import dev.memfuse.metrics.alert.MetricRule;
import dev.memfuse.metrics.alert.ServiceLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRulesFileTest {
    private static final MetricRule RULE = new MetricRule("r-1", "query.p95", MetricRule.Side.BELOW, 12.5, 7, 9, false);

    @TempDir
    private Path folder;

    private AlertRules load() {
        return new AlertRulesFile(folder).load();
    }

    @Test
    void everyChangeIsThereAfterARestart() {
        AlertRules rules = load();
        rules.change(now -> now.with(RULE).with(AlertRule.ADD, false, new Timing(4, 6))
                .with(new ServiceLevel("mine", "calls", 100, 0.999)));

        AlertRules next = load();

        assertEquals(rules.content(), next.content());
        assertEquals(List.of(RULE), next.content().rules());
        assertEquals(new Timing(4, 6), next.content().timing(AlertRule.ADD));
        assertEquals("", next.problem());
    }

    @Test
    void anEmptyFolderHasTheRulesOfAFirstStart() {
        assertEquals(AlertRules.FIRST, load().content());
    }

    @Test
    void aRemovedRuleIsGone() {
        load().change(now -> now.with(RULE));
        load().change(now -> now.without("r-1").without("add"));

        assertEquals(List.of(), load().content().rules());
        assertEquals(List.of("query"), load().content().objectives().stream().map(ServiceLevel::id).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rule.1=\\u00zz", "rule.1=a no.such.metric ABOVE 1 3 5 true", "rule.1=a add.p99 ABOVE 1",
            "rule.1=a add.p99 OVER 1 3 5 true", "rule.1=a add.p99 ABOVE NaN 3 5 true",
            "rule.1=a add.p99 ABOVE 1 0 5 true",
            "timing.add=3", "timing.add=3 x", "objective.1=a add.p99 1 1.5"})
    void aDamagedFileIsToldAndKept(String text) throws IOException {
        Files.writeString(folder.resolve("alert-rules.properties"), text);

        AlertRules rules = load();

        assertEquals(AlertRules.FIRST, rules.content());
        assertTrue(rules.problem().endsWith("The damaged file is kept as alert-rules.damaged-1.properties."),
                rules.problem());
        assertEquals(text, Files.readString(folder.resolve("alert-rules.damaged-1.properties")));
        rules.change(now -> now.with(RULE));
        assertEquals(List.of(RULE), load().content().rules());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count(), "no temporary file is left");
        }
    }

    @Test
    void onAFullDiskTheRulesAreInForceAndASentenceSaysThatTheyEndWithTheProgram() throws Exception {
        AlertRules rules = load();
        rules.change(now -> now.with(RULE));
        String before = Files.readString(folder.resolve("alert-rules.properties"));

        FullDisk.during(() -> {
            String sentence = String.valueOf(assertThrows(UncheckedIOException.class,
                    () -> rules.change(now -> now.without(RULE.id()))).getMessage());
            assertTrue(sentence.startsWith("The alert rules are in force, but cannot be saved in "
                    + folder.resolve("alert-rules.properties") + ": "), sentence);
            assertTrue(sentence.endsWith("mend that, then change one again."), sentence);
        });

        assertEquals(List.of(), rules.content().rules());
        assertEquals(before, Files.readString(folder.resolve("alert-rules.properties")));
    }
}
