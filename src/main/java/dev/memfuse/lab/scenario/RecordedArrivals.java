package dev.memfuse.lab.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.memfuse.file.FileFailures;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.recording.RecordingFile;
import dev.memfuse.load.recording.SeriesFile;
import dev.memfuse.load.report.TimelineCsv;
import dev.memfuse.load.shape.Shape;

/// Reads the arrivals of each second of a run from its recording or its report.
public final class RecordedArrivals {
    private static final String TIMELINE = "timeline.csv";
    private static final long MAX_BYTES = 100_000_000;

    private RecordedArrivals() {}

    /// Returns the shape of a recorded run: in each measured second as many arrivals as operations ended, failed or
    /// were dropped in it. Blocks.
    ///
    /// @param recording folder of a recording or of a report, or the `timeline.csv` of a report
    /// @param scale factor of the arrivals
    /// @throws IllegalArgumentException when it cannot be read; the message is for the user
    public static Shape.Replay read(Path recording, double scale) {
        List<Double> perSecond = points(recording).stream().filter(point -> !point.warmup())
                .map(point -> point.throughput() + point.errors() + point.dropped()).toList();
        if (perSecond.stream().noneMatch(rate -> rate > 0)) {
            throw new IllegalArgumentException(recording + " has no second with an arrival");
        }
        return new Shape.Replay(recording, scale, perSecond);
    }

    private static List<Point> points(Path recording) {
        Path series = recording.resolve(RecordingFile.SERIES);
        Path timeline = Files.isDirectory(recording) ? recording.resolve(TIMELINE) : recording;
        try {
            if (Files.isRegularFile(series)) {
                try (InputStream in = Files.newInputStream(series)) {
                    return SeriesFile.read(in);
                }
            }
            if (!Files.isRegularFile(timeline)) {
                throw new IllegalArgumentException("there is no recording or report of a run in " + recording);
            }
            if (Files.size(timeline) > MAX_BYTES) {
                throw new IllegalArgumentException(timeline + " is too large for the timeline of a run");
            }
            return TimelineCsv.parse(Files.readString(timeline, StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new IllegalArgumentException(recording + " cannot be read: " + FileFailures.reason(e), e);
        } catch (IllegalArgumentException e) {
            throw e.getMessage() != null && e.getMessage().contains(recording.toString())
                    ? e
                    : new IllegalArgumentException(recording + " is not the timeline of a run: " + e.getMessage(), e);
        }
    }
}
