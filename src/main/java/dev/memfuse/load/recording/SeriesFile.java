package dev.memfuse.load.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.report.TimelineCsv;

/// The course of a run over time in a compressed file of comma-separated values, one line a second.
public final class SeriesFile {
    private static final int MAX_LINES = 200_000;
    /// Far more than a line has.
    private static final int MAX_CHARACTERS = MAX_LINES * 400;

    private SeriesFile() {}

    /// Writes the points; does not close the stream.
    static void write(OutputStream out, List<Point> points) throws IOException {
        GZIPOutputStream packed = new GZIPOutputStream(out);
        for (String line : TimelineCsv.lines(points)) {
            packed.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        packed.finish();
    }

    /// Reads the points.
    ///
    /// @throws IOException when the stream is damaged or larger than the course of a day
    public static List<Point> read(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        // Bounded before lines are made: a few packed bytes can become a line of any length.
        InputStream unpacked = new BoundedStream(new GZIPInputStream(in), MAX_CHARACTERS);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(unpacked, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (lines.size() > MAX_LINES) {
                    throw new IOException("it has more lines than the course of a day");
                }
            }
        }
        try {
            return TimelineCsv.parse(lines);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
