package dev.memfuse.lab.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.lab.simulator.LlmSimulator;
import dev.memfuse.lab.simulator.LogNormal;
import dev.memfuse.load.labelled.LabelledSet;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The goals of the layers on a part of the labelled dialogues that the rules were not written with.
@Tag("db")
class LayersMeasurementDbTest {
    private static final Set<String> CATEGORIES = Set.of("move", "repetition", "people", "hearsay", "secret", "chat");

    @Test
    void theLayersReachTheirGoals() throws SQLException {
        LabelledSet set = LabelledSet.of("labelled:judge")
                .only(dialogue -> dialogue.language().equals("en") && CATEGORIES.contains(dialogue.category()));
        List<DialogueResult> results = new ArrayList<>();
        try (EngineFixture fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true")) {
            LayersReport report = new LayersMeasurement(fixture.engine(), fixture.metrics().extraction(),
                    () -> fixture.tunables().get().llm(), Map.of())
                    .run(new LayersDataset("part", true, set.dialogues(), List.of()), Optional.of(results::add),
                            _ -> {});

            assertTrue(report.complete());
            assertEquals(2 * report.speed().rounds(), report.extraction().byRules());
            FactScores scores = report.overall();
            String figures = scores.toString();
            assertEquals(set.dialogues().size(), scores.dialogues());
            assertTrue(share(scores.precision()) >= 0.9 && share(scores.useless()) <= 0.1, figures);
            assertTrue(share(scores.recall()) >= 0.6, figures);
            assertTrue(share(scores.supersessionPrecision()) >= 0.97, figures);
            assertTrue(share(scores.merged()) >= 0.9 && share(scores.timesRight()) >= 0.9, figures);
            assertEquals(0, scores.endsBeforeStatement());
            assertTrue(share(report.episodes().titlesWithGreeting()) <= 0.02, report.episodes().toString());
            assertEquals(0, fixture.count("SELECT count(*) FROM users"));
        }
        assertEquals(set.dialogues().size(), results.size());
        for (DialogueResult result : results) {
            if (result.dialogue().category().equals("secret")) {
                String made = result.facts() + " " + result.episodes();
                assertTrue(!made.contains("AKIA") && !made.contains("sunflower") && !made.contains("5500")
                        && !made.contains("eyJ") && !made.contains("s3cr3t") && !made.contains("078-05"), made);
            }
        }
    }

    @Test
    void callsTokensAndCostOfALanguageModelAreCounted() throws SQLException {
        LabelledSet set = LabelledSet.of("labelled:judge")
                .only(dialogue -> dialogue.language().equals("en") && dialogue.category().equals("move"));
        try (EngineFixture fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true",
                "llm.max_requests_per_minute=100000", "llm.max_tokens_per_minute=100000000");
                LlmSimulator simulator = LlmSimulator.start(new LlmSimulator.Options(0,
                        new LogNormal(Duration.ZERO, Duration.ZERO), 0, 1))) {
            fixture.set("llm.provider=openai", "llm.base_url=" + simulator.baseUrl(), "llm.prompt_price=15",
                    "llm.answer_price=60");
            LayersReport report = new LayersMeasurement(fixture.engine(), fixture.metrics().extraction(),
                    () -> fixture.tunables().get().llm(), Map.of())
                    .run(new LayersDataset("part", true, set.dialogues(), List.of()), Optional.empty(), _ -> {});

            ExtractionUse use = report.extraction();
            assertEquals(2 * report.speed().rounds(), use.byModel() + use.byRules() + use.byFallback(), use.toString());
            assertTrue(use.byModel() > 0, use.toString());
            assertEquals(simulator.calls(), use.calls());
            double cents = (use.promptTokens() * 15.0 + use.answerTokens() * 60.0) / 1e6;
            assertEquals(cents, Objects.requireNonNull(use.cents()), 1e-9);
            assertEquals(cents / report.speed().turns() * 1_000, Objects.requireNonNull(use.centsPer1000Turns()), 1e-6);
            assertTrue(use.promptTokens() > 100 * use.calls() / 10 && use.answerTokens() > 0, use.toString());
        }
    }

    private static double share(Share share) {
        Double value = share.share();
        return value == null ? Double.NaN : value;
    }
}
