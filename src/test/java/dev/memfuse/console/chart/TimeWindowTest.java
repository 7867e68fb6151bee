package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;

import dev.memfuse.console.chart.data.Span;
import org.junit.jupiter.api.Test;

class TimeWindowTest {
    private final TimeWindow window = new TimeWindow(Duration.ofSeconds(60), 100_000);

    @Test
    void followsTheNewestSample() {
        window.newest(130_000);

        assertEquals(new Span(70_000, 130_000), window.span());
    }

    @Test
    void staysWhereTheUserZoomedUntilReset() {
        window.zoom(90_000, 80_000);
        window.newest(130_000);

        assertEquals(new Span(80_000, 90_000), window.span());
        assertEquals(false, window.following());

        window.reset();

        assertEquals(new Span(70_000, 130_000), window.span());
    }

    @Test
    void zoomsAroundTheInstantUnderThePointer() {
        window.zoomAround(70_000, 0.5);

        assertEquals(new Span(55_000, 85_000), window.span());
    }

    @Test
    void zoomsNoCloserThanTwoSeconds() {
        window.zoom(50_000, 50_100);

        assertEquals(2_000, window.span().length());
        assertEquals(true, window.span().from() < 50_000 && window.span().to() > 50_100);
    }

    @Test
    void pansBackButNeverPastTheNewestSample() {
        window.pan(-30_000);
        assertEquals(new Span(10_000, 70_000), window.span());

        window.pan(99_000);
        assertEquals(new Span(40_000, 100_000), window.span());
    }

    @Test
    void theRightArrowNeverMovesBackAfterAZoomPastTheNewestSample() {
        window.newest(101_000);
        window.zoom(100_000, 110_000);

        window.pan(1_000);

        assertEquals(110_000, window.span().to());
        window.pan(-1_000);
        assertEquals(109_000, window.span().to());
    }

    @Test
    void anotherLengthFollowsAgain() {
        window.zoom(50_000, 60_000);

        window.length(Duration.ofSeconds(10));

        assertEquals(new Span(90_000, 100_000), window.span());
        assertEquals(true, window.following());
    }

    @Test
    void beginsWithTheFirstSampleUntilItIsFull() {
        window.begin(100_000);

        window.newest(130_000);
        assertEquals(new Span(100_000, 130_000), window.span());

        window.newest(170_000);
        assertEquals(new Span(110_000, 170_000), window.span());
    }

    @Test
    void showsAtLeastTwentySecondsOfAShortHistory() {
        window.begin(100_000);

        window.newest(101_000);

        assertEquals(new Span(81_000, 101_000), window.span());
    }
}
