package dev.memfuse.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForceLoopTest {
    private static final int RECORD_BYTES = 16;
    private static final int FILE_BYTES = 1024 * RECORD_BYTES;

    @TempDir
    private Path folder;

    /// The loop may still be at the records before when it is closed.
    @Test
    void endsHoweverSoonAfterARecordItIsClosed() throws Exception {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            for (int round = 0; round < 2_000; round++) {
                try (ForceLoop loop = new ForceLoop(folder, RECORD_BYTES, FILE_BYTES)) {
                    loop.append();
                }
            }
        });
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void writesAgainFromTheBeginOfItsFile() {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            try (ForceLoop loop = new ForceLoop(folder, RECORD_BYTES, FILE_BYTES)) {
                try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int record = 0; record < 3_000; record++) {
                        writers.execute(loop::append);
                    }
                }
                try (Stream<Path> files = Files.list(folder)) {
                    assertEquals(FILE_BYTES, Files.size(files.findFirst().orElseThrow()));
                }
            }
        });
    }
}
