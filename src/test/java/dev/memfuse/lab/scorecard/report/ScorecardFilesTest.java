package dev.memfuse.lab.scorecard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;

import dev.memfuse.lab.scorecard.Promises;
import dev.memfuse.lab.scorecard.SampleScorecard;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.load.report.Html;
import dev.memfuse.load.report.ResultJson;
import org.junit.jupiter.api.Test;

class ScorecardFilesTest {
    private final ScorecardResult result = SampleScorecard.result(8);

    @Test
    void theTableHasALineForEachPromiseAndNetwork() throws Exception {
        List<String> lines = Objects.requireNonNull(ScorecardFiles.of(result).get("csv")).call().lines().toList();

        assertEquals(1 + 2 * Promises.all().size(), lines.size());
        assertTrue(lines.get(2).startsWith("local,message batch,add_batch,ms,legacy,phase 1,"), lines.get(2));
        String unmeasured = lines.stream().filter(line -> line.contains(",memory,")).findFirst().orElseThrow();
        assertTrue(unmeasured.contains(",0.4,,,,not measured,"), unmeasured);
        assertTrue(lines.stream().skip(1).anyMatch(line -> line.contains("\"Largest stage of ")),
                "a sentence with a comma is quoted");
    }

    @Test
    void theReportHasEveryPromiseWithItsVerdictAndReason() throws Exception {
        String html = Objects.requireNonNull(ScorecardFiles.of(result).get("html")).call();

        result.promises().forEach(promise -> {
            assertTrue(html.contains(Html.escape(promise.text())), promise.text());
            assertTrue(html.contains(promise.verdict()), promise.verdict());
            assertTrue(html.contains(Html.escape(promise.reason())), promise.reason());
        });
        assertTrue(html.contains("Network local"));
    }

    @Test
    void theDataIsReadAsItWas() throws Exception {
        String json = Objects.requireNonNull(ScorecardFiles.of(result).get("json")).call();

        assertEquals(result, ResultJson.read(json, ScorecardResult.class));
    }
}
