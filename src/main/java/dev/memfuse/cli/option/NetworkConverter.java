package dev.memfuse.cli.option;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.config.section.NetworkConfig;
import dev.memfuse.fault.NetworkProfile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Parses the name of a network profile, or the time of a round trip such as `5ms`.
public final class NetworkConverter implements ITypeConverter<NetworkConfig> {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final DurationConverter durations = new DurationConverter();

    @Override
    public NetworkConfig convert(String text) {
        return NetworkProfile.of(text).map(NetworkProfile::config).orElseGet(() -> roundTrip(text));
    }

    private NetworkConfig roundTrip(String text) {
        try {
            Duration roundTrip = durations.convert(text);
            if (roundTrip.compareTo(LONGEST) <= 0) {
                return new NetworkConfig(roundTrip, Duration.ZERO, 0);
            }
        } catch (TypeConversionException e) {
            // The sentence below names the profiles too.
        }
        throw ValueConverters.wrong(text, "is not a network: expected " + Stream.of(NetworkProfile.values())
                .map(NetworkProfile::label).collect(Collectors.joining(", "))
                + ", or the time of a round trip up to 10 s, for instance 5ms");
    }
}
