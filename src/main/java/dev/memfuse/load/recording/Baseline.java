package dev.memfuse.load.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.load.LoadRecording.Point;

/// The course of a recorded load or observation, to lay beneath that of another one.
///
/// @param manifest its manifest
/// @param points one a second of the whole run, warm-up included, oldest first; at least one
/// @param settings its settings that differ from the defaults, as `key: value`, in the order of the file; empty when
///        they are not known
/// @param lacking a sentence for each part that the recording lacks; empty when it has all
public record Baseline(Manifest manifest, List<Point> points, Optional<List<String>> settings,
        List<String> lacking) {
    public Baseline {
        points = List.copyOf(points);
        settings = settings.map(List::copyOf);
        lacking = List.copyOf(lacking);
    }

    /// Reads the course of a recorded load or observation. Blocks.
    ///
    /// @param given id, unique beginning of an id, or [Recordings#LAST]
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it has no course, is damaged, of a newer version, or has no second; the message
    ///         is for the user
    public static Baseline read(Recordings recordings, String given) {
        Manifest manifest = recordings.open(given);
        if (!manifest.kind().hasCourse()) {
            throw new RecordingException("The recording " + manifest.id() + " is a " + manifest.kind().label()
                    + ": only loads and observations have a course over time.");
        }
        List<Point> points = LoadFiles.series(recordings, manifest);
        if (points.isEmpty()) {
            throw new RecordingException("The recording " + manifest.id()
                    + " is empty: its load ended before its first second.");
        }
        List<String> lacking = lacking(manifest.kind(), points);
        Optional<List<String>> settings = Optional.empty();
        try {
            settings = Optional.of(settings(recordings, manifest));
        } catch (RecordingException e) {
            lacking.add("Its settings are not known. " + e.getMessage());
        }
        return new Baseline(manifest, points, settings, lacking);
    }

    private static List<String> lacking(RecordingKind kind, List<Point> points) {
        List<String> lacking = new ArrayList<>();
        if (kind == RecordingKind.OBSERVATION) {
            if (!hasOperations(points)) {
                lacking.add("Nobody added, queried or listed in it: it has neither throughput nor latency.");
            }
        } else if (points.stream().noneMatch(point -> point.count() > 0)) {
            lacking.add("No operation of it succeeded: it has neither throughput nor latency.");
        } else if (!hasOperations(points)) {
            lacking.add("It is of a version that recorded no figures of single operations: throughput and latency "
                    + "are not drawn. Load it again to have them.");
        }
        if (points.stream().allMatch(point -> Double.isNaN(point.poolActive()))) {
            lacking.add("It has no figures of the connection pool.");
        }
        return lacking;
    }

    private static boolean hasOperations(List<Point> points) {
        return points.stream().anyMatch(point -> !point.operations().isEmpty());
    }

    private static List<String> settings(Recordings recordings, Manifest manifest) {
        String yaml = recordings.text(manifest, RecordingFile.CONFIG);
        try {
            ConfigLoader loader = new ConfigLoader();
            MemFuseConfig recorded = loader.load(manifest.id() + "/" + RecordingFile.CONFIG, yaml);
            return ConfigDiff.between(loader.load(), recorded).stream().map(Baseline::setting).toList();
        } catch (ConfigException e) {
            throw Recordings.failed(manifest, RecordingFile.CONFIG, e);
        }
    }

    private static String setting(ConfigChange change) {
        return change.path() + ": " + change.after();
    }

    /// Returns whether the points have figures of single operations.
    public boolean hasOperations() {
        return hasOperations(points);
    }
}
