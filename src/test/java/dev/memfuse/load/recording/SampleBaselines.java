package dev.memfuse.load.recording;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import dev.memfuse.load.LoadRecording.OperationPoint;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.OperationKind;

/// Recorded loads with a course of known values.
public final class SampleBaselines {
    /// Start of the loads.
    public static final Instant AT = Instant.parse("2026-02-28T09:00:00Z");
    private static final long LIMIT = 1L << 30;

    private SampleBaselines() {}

    /// Returns seconds in each of which every operation ended: 100 adds, 60 queries and 20 lists in the first one, one
    /// more of each in each further one.
    ///
    /// @param slowness factor of all latencies
    public static List<Point> points(int seconds, double slowness) {
        List<Point> points = new ArrayList<>();
        for (int i = 1; i <= seconds; i++) {
            Map<OperationKind, OperationPoint> operations = new EnumMap<>(OperationKind.class);
            int count = 99 + i;
            for (OperationKind kind : OperationKind.values()) {
                double median = slowness * (1 + kind.ordinal() + 0.1 * (i % 7));
                operations.put(kind, new OperationPoint(count, count, median, 2 * median, 4 * median,
                        kind == OperationKind.LIST ? Double.NaN : 6 * median));
                count -= 40;
            }
            points.add(new Point(i, AT.plusSeconds(i), i <= 2, 3L * (59 + i), 3.0 * (59 + i), 0, 0, 2, 5, 8, 9,
                    10 + i % 5, i % 3, 30, operations));
        }
        return points;
    }

    /// Records a load with this course and these settings.
    ///
    /// @param config settings as YAML; empty for a recording without settings
    public static Manifest add(Recordings recordings, List<Point> points, String config) {
        return add(recordings, config, new RecordingFile(RecordingFile.SERIES, out -> SeriesFile.write(out, points)));
    }

    /// Records an observation with this course.
    public static Manifest addObservation(Recordings recordings, List<Point> points) {
        return add(recordings, RecordingKind.OBSERVATION,
                List.of(new RecordingFile(RecordingFile.SERIES, out -> SeriesFile.write(out, points))));
    }

    /// Records a load whose course has these lines.
    public static Manifest addLines(Recordings recordings, List<String> lines) {
        return add(recordings, "", new RecordingFile(RecordingFile.SERIES, out -> {
            GZIPOutputStream packed = new GZIPOutputStream(out);
            packed.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            packed.finish();
        }));
    }

    /// Records a load whose course is no course.
    public static Manifest addDamaged(Recordings recordings) {
        return add(recordings, "", RecordingFile.text(RecordingFile.SERIES, "cut"));
    }

    private static Manifest add(Recordings recordings, String config, RecordingFile series) {
        List<RecordingFile> files = new ArrayList<>(List.of(series));
        if (!config.isEmpty()) {
            files.add(RecordingFile.text(RecordingFile.CONFIG, config));
        }
        return add(recordings, RecordingKind.LOAD, files);
    }

    private static Manifest add(Recordings recordings, RecordingKind kind, List<RecordingFile> files) {
        return recordings.add(new NewRecording(kind, "Load: closed, 8 at once, 12 users, 60.0 s", AT,
                AT.plusSeconds(60), 42, "good", "Good: all operations ended.", List.of(), files), LIMIT);
    }
}
