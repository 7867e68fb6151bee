package dev.memfuse.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of the log from a moment on, for recordings. Stateless.
public final class LogExcerpt {
    /// Maximum number of entries.
    static final int MAX_ENTRIES = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(LogExcerpt.class);

    private LogExcerpt() {}

    /// Returns the lines of the newest entries since a moment, at most 2,000 entries of at most
    /// [LogReader#MAX_BYTES]; empty when the log cannot be read. Blocks.
    public static List<String> since(Path file, Instant moment) {
        try (LogReader reader = new LogReader(file)) {
            List<LogEntry> entries = reader.tail().stream().filter(entry -> !entry.at().isBefore(moment)).toList();
            int left = Math.max(0, entries.size() - MAX_ENTRIES);
            List<String> lines = new ArrayList<>();
            if (left > 0) {
                lines.add("(" + left + " earlier entries are left out)");
            }
            entries.subList(left, entries.size()).forEach(entry -> lines.addAll(entry.asText().lines().toList()));
            return lines;
        } catch (IOException e) {
            LOG.warn("Recording: the log {} cannot be read. {}", file, e.getMessage());
            return List.of();
        }
    }
}
