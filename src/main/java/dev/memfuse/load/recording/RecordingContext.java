package dev.memfuse.load.recording;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.load.Workload;

/// What belongs to a recording and is not measured by the run. Read at its end, on the run's thread.
///
/// @param scenario returns the scenario of a workload as YAML; empty when it cannot be written
/// @param config returns the configuration with which the run began; empty when only that of its end is known
/// @param serverSettings returns settings of the database server by name; empty when it does not answer
/// @param log returns the lines of the log since a moment; may be empty
public record RecordingContext(Function<Workload, Optional<String>> scenario,
        Supplier<Optional<MemFuseConfig>> config, Supplier<Map<String, String>> serverSettings,
        Function<Instant, List<String>> log) {
    /// Nothing is known beside the measurement.
    public static final RecordingContext NONE = new RecordingContext(_ -> Optional.empty(), Optional::empty, Map::of,
            _ -> List.of());
}
