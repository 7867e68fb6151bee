package dev.memfuse.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

import dev.memfuse.config.section.NetworkConfig;
import dev.memfuse.fault.Fault;
import dev.memfuse.fault.NetworkProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/// The values of `--fault` and `--network`.
class TimedFaultConverterTest {
    private final TimedFaultConverter faults = new TimedFaultConverter();
    private final NetworkConverter networks = new NetworkConverter();

    @ParameterizedTest
    @CsvSource({"20s:black-hole:10s, BLACK_HOLE, 20000, 0, 0, 10000",
            "20s:black_hole:10s, BLACK_HOLE, 20000, 0, 0, 10000",
            "0s:stop:500ms, STOP, 0, 0, 0, 500", "1m:RESET, RESET, 60000, 0, 0, 0",
            "5:latency=50ms:10, LATENCY, 5000, 50, 0, 10000",
            "5s:bandwidth=100:1m30s, BANDWIDTH, 5000, 0, 102400, 90000"})
    void readsTimeFaultSizeAndLength(String text, Fault.Kind kind, long at, long delay, long bytes, long length) {
        assertEquals(new TimedFault(Duration.ofMillis(at), new Fault(kind, Duration.ofMillis(delay), bytes),
                Duration.ofMillis(length)), faults.convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "black-hole", "20s:black-hole", "20s:reset:5s", "20s:stop=3:5s", "20s:latency:5s",
            "20s:latency=0s:5s", "20s:latency=11s:5s", "20s:bandwidth=0:5s", "20s:bandwidth=x:5s", "20s:flood:5s",
            "x:reset", "20s:stop:0s", "20s:stop:5s:6s"})
    void refusesWithAReason(String text) {
        assertTrue(String.valueOf(assertThrows(TypeConversionException.class, () -> faults.convert(text)).getMessage())
                .length() > 20);
    }

    @ParameterizedTest
    @EnumSource(NetworkProfile.class)
    void aNetworkHasTheNameOfAProfile(NetworkProfile profile) {
        assertEquals(profile.config(), networks.convert(profile.label()));
        assertEquals(profile.config(), networks.convert(profile.name()));
    }

    @Test
    void aNetworkMayBeTheTimeOfARoundTrip() {
        assertEquals(new NetworkConfig(Duration.ofMillis(5), Duration.ZERO, 0), networks.convert("5ms"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "far", "11s", "-1ms"})
    void anotherNetworkIsRefusedWithTheProfiles(String text) {
        assertTrue(String.valueOf(assertThrows(TypeConversionException.class, () -> networks.convert(text))
                .getMessage()).contains("same-zone"));
    }
}
