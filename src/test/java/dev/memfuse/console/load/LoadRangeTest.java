package dev.memfuse.console.load;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;

import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.WorkloadCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadRangeTest {
    static Stream<Arguments> loads() {
        return Stream.of(0.001, 0.4, 1.0, 3.0, 99.5, 2_500.0, 300_000.0, 1_000_000.0).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("loads")
    void eachPositionOfAnOpenLoadIsAccepted(double rate) {
        check(new Arrival.Open(rate, 64), rate);
    }

    @ParameterizedTest
    @MethodSource("loads")
    void eachPositionOfAClosedLoadIsAccepted(double rate) {
        int concurrency = (int) Math.clamp(rate, 1, 10_000);
        check(new Workload.Arrival.Closed(concurrency), concurrency);
    }

    private static void check(Arrival arrival, double load) {
        LoadRange range = LoadRange.around(arrival, load);
        for (int step = 0; step <= 1_000; step++) {
            double position = range.min() + step * (range.max() - range.min()) / 1_000;
            assertDoesNotThrow(() -> WorkloadCheck.checkLoad(arrival, range.at(position)), "position " + position);
        }
        assertEquals(load, range.at(load), load < 10 ? 0.005 : 0.5);
    }

    @Test
    void aTypedLoadBeyondTheRangeWidensIt() {
        assertEquals(5_000, LoadRange.around(new Arrival.Open(100, 64), 100).with(5_000).max());
    }
}
