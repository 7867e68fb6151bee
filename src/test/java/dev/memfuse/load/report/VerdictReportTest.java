package dev.memfuse.load.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadResult.StorageResult;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.metrics.stats.Percentiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The verdict, the offered load and lower bounds, in every form of a report.
final class VerdictReportTest {
    private final LoadReport sample = SampleReport.of("note");

    /// Returns the sample as a closed run whose concurrency was changed from 8 to 16, with unfinished operations and
    /// messages that are not stored.
    private LoadReport closed() {
        LoadResult of = sample.result();
        Percentiles ms = new Percentiles(900, 10, 20, 15_200, 15_300, 15_400, 20_585.64);
        LoadResult result = new LoadResult(2, Verdict.GOOD, of.startedAt(), 20, 15,
                Map.of("add", new OperationResult(950, 0, 50, 0, 47.5, ms, ms, 15_000.0)), List.of(), of.acknowledged(),
                new StorageResult(9_500, 3_016, 0, false), of.stagesMs(), of.pool(),
                of.firstAccess(),
                new ArrivalResult("closed", 16, 1_000, 1_000, 0, 1, Percentiles.NONE), of.start(), of.config(),
                of.changes(), of.environment(), List.of());
        Workload workload = new Workload(1, new Arrival.Closed(8), Duration.ofSeconds(20), Duration.ZERO,
                new Workload.Mix(1, 0, 0), 10, 5, 42, Optional.empty());
        return new LoadReport(workload, result, LoadRecording.EMPTY);
    }

    @Test
    void aMissedThresholdFailsTheRunInEveryForm(@TempDir Path folder) throws IOException {
        LoadReport report = SampleReport.check(sample,
                List.of(Threshold.parse("add.p99<5"), Threshold.parse("errors<10")));

        assertEquals(Verdict.Outcome.FAILED, report.result().verdict().outcome());
        List<String> lines = LoadSummary.lines(report);
        assertEquals(List.of("Verdict: failed", "  - Missed the threshold add.p99<5: measured 8.00 ms."),
                lines.subList(lines.size() - 2, lines.size()));
        JsonNode json = JsonMapper.shared().readTree(ResultJson.of(report));
        assertEquals("failed", json.at("/verdict/outcome").asString());
        assertEquals("threshold", json.at("/verdict/reasons/0/cause").asString());
        assertEquals(5, json.at("/verdict/reasons/0/limit").asDouble());
        HtmlReport.write(report, folder);
        assertEquals(List.of("outcome,cause,value,limit,sentence",
                "failed,threshold,8,5,\"Missed the threshold add.p99<5: measured 8.00 ms.\""),
                Files.readAllLines(folder.resolve("verdict.csv")));
        assertTrue(Files.readString(folder.resolve("index.html"))
                .contains("<section class=\"verdict failed\"><b>Failed</b>"), "the page");
    }

    @Test
    void aGoodRunSaysSo() {
        assertEquals(List.of("Verdict: good", "  - Every limit was kept."),
                LoadSummary.lines(sample).reversed().subList(0, 2).reversed());
    }

    @Test
    void aClosedRunListsNoSchedule() throws IOException {
        LoadReport report = closed();
        String text = String.join("\n", LoadSummary.lines(report));
        JsonNode arrival = JsonMapper.shared().readTree(ResultJson.of(report)).at("/arrival");

        assertTrue(text.contains("Calls: 1,000 started, 50 did not end"), text);
        for (String word : List.of("due", "dropped", "started late")) {
            assertFalse(text.contains(word), word + " in " + text);
        }
        assertEquals(List.of("model", "target", "started"), List.copyOf(arrival.propertyNames()));
    }

    @Test
    void theChangedLoadIsTheSameInTitleTableAndArrivals() {
        Workload open = new Workload(2, new Arrival.Open(200, 64), Duration.ofSeconds(20), Duration.ZERO,
                new Workload.Mix(1, 0, 0), 10, 5, 42, Optional.empty());

        assertEquals("open, 200 → 350 ops/s", OfferedLoad.of(open, 350));
        assertEquals("open, 200 ops/s", OfferedLoad.of(open, 200));
        assertEquals("closed, 8 → 16 calls", OfferedLoad.of(closed().workload(), 16));
        assertEquals("Closed model, concurrency 8 -> 16, 1 user, 20.0 s measured after 0 s of warm-up",
                LoadSummary.lines(closed()).getFirst());
    }

    @Test
    void percentilesOfUnfinishedOperationsAreLowerBounds() {
        String row = LoadSummary.lines(closed()).get(3);

        assertTrue(row.contains("  10.0  20.0  "), row);
        assertTrue(row.contains(">=~15,200") && row.contains(">=20,586"), row);
    }

    @Test
    void onlyWhatWasStoredIsCalledStored() {
        assertEquals("12,000 adds journaled on disk; 3,016 of 9,500 messages are not stored in PostgreSQL",
                Acknowledgements.of(closed().result()));
    }
}
