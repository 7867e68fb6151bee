package dev.memfuse.load.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.memfuse.load.Threshold;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HtmlReportTest {
    @TempDir
    private Path folder = Path.of("");
    private String page = "";

    @BeforeEach
    void write() throws IOException {
        LoadReport report = SampleReport.of("a <b> & c");
        HtmlReport.write(SampleReport.check(report, List.of(Threshold.parse("add.p99<5"))), folder);
        page = Files.readString(folder.resolve("index.html"));
    }

    @Test
    void isSelfContained() {
        assertFalse(page.contains("<script"), "script");
        assertFalse(page.contains("http"), "an address");
        assertFalse(page.contains("<link"), "a linked file");
        assertTrue(page.contains("prefers-color-scheme: dark"), "dark colours");
    }

    @Test
    void escapesTexts() {
        assertTrue(page.contains("a &lt;b&gt; &amp; c"), "escaped note");
        assertTrue(page.contains("bypass &lt;on&gt;"), "escaped mark");
    }

    @Test
    void drawsEveryChart() {
        assertEquals(4, page.split("<svg", -1).length - 1);
        assertFalse(page.contains("NaN"), "not a number");
        assertFalse(page.contains("Infinity"), "infinite");
        assertTrue(page.contains("Where the time goes"), "stages");
    }

    @Test
    void showsMissedThresholdsAndRoughFigures() {
        assertTrue(page.contains("<li class=\"missed\"><b>missed</b> <code>add.p99&lt;5</code> measured 8.00 ms</li>"));
        assertTrue(page.contains("<td class=\"rough\">72.0</td>"), "p99.9 of 900 queries is rough");
        assertTrue(page.contains("<td>8.00</td>"), "p99 of 12,000 adds is not");
    }

    @Test
    void marksAcknowledgementsFromMemoryAsUnsafe() throws IOException {
        assertFalse(page.contains("class=\"tile word bad\""), "a journaled run is fine");
        assertTrue(page.contains("<td>memory (unsafe: lost when the program dies)</td>"), "the setting");

        LoadReport unsafe = SampleReport.of("note", Map.of("committed", 0L, "journaled", 0L, "memory", 12_000L));
        HtmlReport.write(unsafe, folder);

        String other = Files.readString(folder.resolve("index.html"));
        assertTrue(other.contains("<div class=\"tile word bad\"><span>Acknowledged</span><b>memory</b> "
                + "<small>unsafe: lost when the program dies</small></div>"), "the tile");
        assertTrue(other.contains("12,000 adds held in memory (unsafe: lost when the program dies)"), "the facts");
    }

    @Test
    void writesTheFiguresAsFiles() throws IOException {
        assertEquals(23, Files.readAllLines(folder.resolve("timeline.csv")).size());
        assertEquals("add,99,8,120", Files.readAllLines(folder.resolve("percentiles.csv")).get(3));
        assertEquals("add,12000,3,600.25,latency,2.2,2,4,5,8,18,24,0,0,",
                Files.readAllLines(folder.resolve("operations.csv")).get(1));
        assertTrue(Files.exists(folder.resolve("result.json")));
    }
}
