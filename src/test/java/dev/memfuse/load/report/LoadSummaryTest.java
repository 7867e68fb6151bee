package dev.memfuse.load.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

final class LoadSummaryTest {
    private final List<String> lines = LoadSummary.lines(SampleReport.of("a note"));

    @Test
    void alignsTheTableAndMarksRoughPercentiles() {
        assertEquals("""
                     latency in ms   count  errors  ops/s  mean   p50    p90    p95    p99  p99.9   max
                     add            12,000       3    600  2.20  2.00   4.00   5.00   8.00  ~18.0  24.0
                       service                             1.10  1.00   2.00   2.50   4.00  ~9.00  12.0
                     query             900       0   45.0  8.80  8.00  ~16.0  ~20.0  ~32.0  ~72.0  96.0
                       service                             6.60  6.00  ~12.0  ~15.0  ~24.0  ~54.0  72.0
                     """.strip(), String.join("\n", lines.subList(2, 7)));
    }

    @Test
    void describesTheDurabilityOfAcknowledgements() {
        assertTrue(lines.contains("Acknowledged: 12,000 adds journaled on disk, then stored in PostgreSQL"),
                "" + lines);
    }

    @Test
    void givesTheFirstAccessesOfUsers() {
        assertTrue(lines.contains("First access of a user, ms: p50 ~40.0, p95 ~100, max 480, of 3 services built"),
                "" + lines);
    }

    @Test
    void namesTheModelFirst() {
        assertEquals("Open model, Poisson arrivals at 650/s, 20 users, 20.0 s measured after 2.00 s of warm-up",
                lines.getFirst());
    }

    @Test
    void usesAsciiOnly() {
        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(String.join("", lines)), "" + lines);
    }
}
