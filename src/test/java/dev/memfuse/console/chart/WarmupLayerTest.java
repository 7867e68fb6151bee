package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.metrics.EventMark;
import org.junit.jupiter.api.Test;

/// The spans that are shaded.
class WarmupLayerTest {
    private static final Span SHOWN = new Span(10_000, 20_000);

    private static EventMark mark(EventMark.Kind kind, long millis) {
        return new EventMark(Instant.ofEpochMilli(millis), kind, "Load 1");
    }

    private static List<Span> spans(EventMark... marks) {
        return WarmupLayer.spans(List.of(marks), SHOWN);
    }

    @Test
    void aWarmUpIsShadedFromItsBeginToItsEnd() {
        assertEquals(List.of(new Span(11_000, 14_000), new Span(16_000, 17_000)),
                spans(mark(EventMark.Kind.WARMUP, 11_000), mark(EventMark.Kind.CHANGE, 12_000),
                        mark(EventMark.Kind.WARMUP_END, 14_000), mark(EventMark.Kind.WARMUP, 16_000),
                        mark(EventMark.Kind.WARMUP_END, 17_000)));
    }

    @Test
    void onlyThePartThatIsVisibleIsShaded() {
        assertEquals(List.of(new Span(10_000, 12_000)),
                spans(mark(EventMark.Kind.WARMUP, 5_000), mark(EventMark.Kind.WARMUP_END, 12_000)));
        assertEquals(List.of(),
                spans(mark(EventMark.Kind.WARMUP, 5_000), mark(EventMark.Kind.WARMUP_END, 9_000)));
    }

    @Test
    void aWarmUpThatHasNotEndedIsShadedUntilNow() {
        assertEquals(List.of(new Span(15_000, 20_000)), spans(mark(EventMark.Kind.WARMUP, 15_000)));
    }

    @Test
    void anEndWithoutABeginShadesNothing() {
        assertEquals(List.of(), spans(mark(EventMark.Kind.WARMUP_END, 15_000)));
    }

    @Test
    void aWarmUpThatBeginsAfterTheVisibleSpanShadesNothing() {
        assertEquals(List.of(), spans(mark(EventMark.Kind.WARMUP, 25_000)));
        assertEquals(List.of(), spans(mark(EventMark.Kind.WARMUP, 20_000)));
    }

    @Test
    void aWarmUpThatEndsAtOnceOrBeforeItsBeginShadesNothing() {
        assertEquals(List.of(),
                spans(mark(EventMark.Kind.WARMUP, 15_000), mark(EventMark.Kind.WARMUP_END, 15_000),
                        mark(EventMark.Kind.WARMUP, 17_000), mark(EventMark.Kind.WARMUP_END, 16_000)));
    }
}
