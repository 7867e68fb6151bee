package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.log.LogEntry;
import dev.memfuse.log.ProgramLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogLevelTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogLevelTest.class);
    private static final String KEY = "monitoring.log_level";

    @TempDir
    private Path folder;

    @Test
    void theLevelFollowsTheSetting() throws IOException {
        LaunchOptions options = new LaunchOptions(Optional.empty(), Optional.empty(), Map.of(KEY, "warn"),
                Optional.empty(), Optional.of(folder), true, List.of());
        try (ProgramLog log = new ProgramLog()) {
            Path file = log.openIn(folder, LogLevel.INFO).file().orElseThrow();
            try (AppGraph graph = new AppGraph(options, log)) {
                LOG.info("Program: unwanted");
                graph.tunables().apply("test",
                        config -> ConfigValues.with(config, KEY, ConfigValues.parse(KEY, "debug")));
                LOG.debug("Program: wanted");
                graph.tunables().undo();
                LOG.info("Program: unwanted again");
            }

            assertEquals(List.of("wanted"), LogEntry.read(Files.readAllLines(file)).stream()
                    .filter(entry -> entry.component().equals("Program")).map(LogEntry::text).toList());
        }
    }
}
