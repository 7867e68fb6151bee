package dev.memfuse.load.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/// The distributions of a recording as a log of HdrHistogram's format V2: one line for each, with a tag as its name,
/// in nanoseconds. Every tool that reads the format reads the file, and no count is lost.
public final class LatencyLog {
    private static final int MAX_HISTOGRAMS = 20_000;
    private static final int DIGITS = 3;
    /// Maximum memory of all distributions of a file.
    private static final long MAX_MEMORY = 1L << 28;
    private static final double NANOS_PER_MS = 1e6;

    private LatencyLog() {}

    /// Writes distributions one after the other. For one thread.
    public static final class Writer {
        private final PrintStream print;
        private final HistogramLogWriter log;

        /// Writes the head of the file.
        ///
        /// @param start start of the recording
        public Writer(OutputStream out, Instant start) {
            print = new PrintStream(out, false, StandardCharsets.UTF_8);
            log = new HistogramLogWriter(print);
            log.outputLogFormatVersion();
            log.outputStartTime(start.toEpochMilli());
            log.outputLegend();
        }

        /// Writes a distribution.
        ///
        /// @param name name without comma and blank
        public void add(String name, Instant from, Instant to, Histogram histogram) {
            Histogram tagged = histogram.copy();
            tagged.setTag(name);
            log.outputIntervalHistogram(from.toEpochMilli() / 1e3, to.toEpochMilli() / 1e3, tagged, NANOS_PER_MS);
        }

        /// Passes everything on to the stream.
        ///
        /// @throws IOException when anything was not written: the methods before report nothing
        public void flush() throws IOException {
            if (print.checkError()) {
                throw new IOException("the distributions could not be written");
            }
        }
    }

    /// Writes the distributions of one interval.
    ///
    /// @param histograms by name, which has no comma and no blank
    static void write(OutputStream out, Instant from, Instant to, Map<String, Histogram> histograms)
            throws IOException {
        Writer writer = new Writer(out, from);
        histograms.forEach((name, histogram) -> writer.add(name, from, to, histogram));
        writer.flush();
    }

    /// Reads distributions.
    ///
    /// @return by name, in the order of the file
    /// @throws RecordingException when the stream has no distribution, or one that is damaged or too large
    public static Map<String, Histogram> read(InputStream in) {
        Map<String, Histogram> all = new LinkedHashMap<>();
        long memory = 0;
        try (HistogramLogReader log = new HistogramLogReader(in)) {
            while (log.hasNext()) {
                EncodableHistogram next = log.nextIntervalHistogram();
                if (!(next instanceof Histogram histogram) || histogram.getTag() == null
                        || all.put(histogram.getTag(), histogram) != null || all.size() > MAX_HISTOGRAMS) {
                    throw damaged(null);
                }
                memory += histogram.getEstimatedFootprintInBytes();
                if (histogram.getNumberOfSignificantValueDigits() != DIGITS || memory > MAX_MEMORY) {
                    throw new RecordingException("The file " + RecordingFile.LATENCY
                            + " has larger distributions than a recording has.");
                }
            }
        } catch (RecordingException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(e);
        }
        if (all.isEmpty()) {
            throw damaged(null);
        }
        return all;
    }

    private static RecordingException damaged(@Nullable RuntimeException cause) {
        String sentence = "The file " + RecordingFile.LATENCY + " is damaged.";
        return cause == null ? new RecordingException(sentence) : new RecordingException(sentence, cause);
    }
}
