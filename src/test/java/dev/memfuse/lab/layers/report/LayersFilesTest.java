package dev.memfuse.lab.layers.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.cli.terminal.LayersTable;
import dev.memfuse.lab.layers.EpisodeScores;
import dev.memfuse.lab.layers.ExtractionUse;
import dev.memfuse.lab.layers.FactScores;
import dev.memfuse.lab.layers.LayersReport;
import dev.memfuse.lab.layers.Share;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The report in its three forms.
class LayersFilesTest {
    private static final Share HALF = new Share(1, 2, 0.5, 0.1, 0.9);
    private static final Share NONE = new Share(0, 0, null, null, null);

    private static LayersReport report(@Nullable Double cents) {
        FactScores scores = new FactScores(3, 2, HALF, NONE, NONE, HALF, NONE, NONE, 4, NONE, NONE, NONE, NONE, 1.5, 0);
        return new LayersReport("set", true, true, scores, Map.of("en, short", scores),
                new EpisodeScores(5, NONE, 0.25), new LayersReport.Speed(6, 7, 2, 3),
                new ExtractionUse(8, 1, 2, 0, 9, 1_234, 56_789, 321, cents, cents, Map.of("The model was slow.", 2L)),
                Map.of());
    }

    @Test
    void aLineForEachFigureOfEachGroup() {
        List<String> lines = LayersFiles.csv(report(1.25)).lines().toList();

        assertEquals("group,figure,value,low,high,hits,total", lines.getFirst());
        assertTrue(lines.containsAll(List.of("all,precision,0.5,0.1,0.9,1,2", "all,useless,,,,0,0",
                "\"en, short\",recall,0.5,0.1,0.9,1,2", "all,conflicts_marked,4,,,,", "all,time_error_days,1.5,,,,",
                "all,episodes,5,,,,", "all,calls,1234,,,,", "all,prompt_tokens,56789,,,,", "all,answer_tokens,321,,,,",
                "all,cents,1.25,,,,", "all,cents_per_1000_turns,1.25,,,,", "all,built_by_model,8,,,,")),
                lines.toString());
        assertTrue(lines.stream().allMatch(line -> line.replaceAll("\"[^\"]*\"", "").chars().filter(c -> c == ',')
                .count() == 6), lines.toString());
    }

    @Test
    void anUnknownPriceIsNoCostOfZero() {
        assertTrue(LayersFiles.csv(report(null)).contains("all,cents,,,,,\n"));
        assertTrue(ResultJson.of(report(null)).replaceAll("\\s", "").contains("\"cents\":null")
                || !ResultJson.of(report(null)).contains("\"cents\""));
    }

    @Test
    void textAndJsonHoldCallsTokensCostAndReasons() {
        String text = String.join("\n", LayersTable.lines(report(1.25)));
        for (String part : List.of("8 by the model", "1,234 calls", "56,789 tokens of prompts, 321 of answers",
                "1.25 cents (1.25 per 1,000 turns)", "9 waits at the limits", "2 rounds by rules: The model was slow.",
                "conflicts marked: 4")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
        assertTrue(String.join("\n", LayersTable.lines(report(null))).contains("cost unknown (llm.prompt_price)"));
        String json = ResultJson.of(report(1.25));
        for (String part : List.of("\"calls\"", "\"promptTokens\"", "\"answerTokens\"", "\"cents\"")) {
            assertTrue(json.contains(part) || json.contains(snake(part)), part + " in " + json);
        }
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z]+)", "_$1").toLowerCase(Locale.ROOT);
    }
}
