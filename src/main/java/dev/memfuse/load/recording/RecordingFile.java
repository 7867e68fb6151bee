package dev.memfuse.load.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A file of a recording that is to be written.
///
/// @param name name in the folder
/// @param content writes the bytes
public record RecordingFile(String name, Content content) {
    /// The definition of the run.
    public static final String SCENARIO = "scenario.yaml";
    /// The configuration of a load.
    public static final String CONFIG = "config.yaml";
    /// Machine, JVM and database.
    public static final String ENVIRONMENT = "environment.json";
    /// Distributions of the latencies.
    public static final String LATENCY = "latency.hlog";
    /// Course over time.
    public static final String SERIES = "series.csv.gz";
    /// Events.
    public static final String MARKS = "marks.jsonl";
    /// Figures and verdict.
    public static final String RESULT = "result.json";
    /// Lines of the log.
    public static final String LOG = "log.txt";

    /// Writes the content of a file.
    @FunctionalInterface
    public interface Content {
        /// Writes all bytes; the caller closes the stream.
        void write(OutputStream out) throws IOException;
    }

    /// Creates a file with a text in UTF-8.
    public static RecordingFile text(String name, String text) {
        return new RecordingFile(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
