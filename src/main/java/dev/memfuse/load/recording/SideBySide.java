package dev.memfuse.load.recording;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.metrics.stats.Percentiles;
import org.jspecify.annotations.Nullable;

/// Two recordings side by side. They are not paired: what changed on the machine between them is part of every
/// difference, so there is neither an interval nor a verdict.
///
/// @param a the first recording
/// @param b the second recording
/// @param rows figures of both, in display order
/// @param settings settings in which they differ; empty when one has no configuration of its own
public record SideBySide(Manifest a, Manifest b, List<Row> rows, List<ConfigChange> settings) {
    /// Says that the recordings are not paired, for every place that shows them together.
    public static final String UNPAIRED = "Not paired: the two ran at different times, so a difference may be noise of "
            + "the machine. 'compare' measures whether a setting is better.";

    /// One figure of both recordings.
    ///
    /// @param name name of the figure
    /// @param a the first value; null when the recording has no such figure
    /// @param b the second value; null when the recording has no such figure
    public record Row(String name, @Nullable Figure a, @Nullable Figure b) {
        /// Returns the name for people: `query.p99.9` for `query.p999`.
        public String title() {
            return Percentiles.title(name);
        }

        /// Returns the second value divided by the first; empty without both, or without a finite ratio.
        public OptionalDouble ratio() {
            if (a == null || b == null || a.value() == null || b.value() == null || !a.unit().equals(b.unit())) {
                return OptionalDouble.empty();
            }
            double ratio = b.value() / a.value();
            return Double.isFinite(ratio) ? OptionalDouble.of(ratio) : OptionalDouble.empty();
        }
    }

    /// Lays two recordings side by side.
    ///
    /// @throws RecordingException when a configuration cannot be read; the message is for the user
    public static SideBySide of(Recordings recordings, Manifest a, Manifest b) {
        Set<String> names = new LinkedHashSet<>();
        a.figures().forEach(figure -> names.add(figure.name()));
        b.figures().forEach(figure -> names.add(figure.name()));
        List<Row> rows = new ArrayList<>();
        names.forEach(name -> rows.add(new Row(name, a.figure(name).orElse(null), b.figure(name).orElse(null))));
        return new SideBySide(a, b, List.copyOf(rows), settings(recordings, a, b));
    }

    private static List<ConfigChange> settings(Recordings recordings, Manifest a, Manifest b) {
        return a.files().containsKey(RecordingFile.CONFIG) && b.files().containsKey(RecordingFile.CONFIG)
                ? ConfigDiff.between(config(recordings, a), config(recordings, b))
                : List.of();
    }

    private static MemFuseConfig config(Recordings recordings, Manifest manifest) {
        try {
            return new ConfigLoader().load(manifest.id() + "/" + RecordingFile.CONFIG,
                    recordings.text(manifest, RecordingFile.CONFIG));
        } catch (ConfigException e) {
            throw Recordings.failed(manifest, RecordingFile.CONFIG, e);
        }
    }
}
