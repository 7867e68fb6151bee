package dev.memfuse.load.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.Loads;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadRecorderTest {
    private static final long NO_LIMIT = 1L << 40;
    private static final Workload.Mix ALL = new Workload.Mix(6, 3, 1);

    @TempDir
    private Path data;

    private Recordings recordings() {
        return new Recordings(data.resolve("recordings"));
    }

    private static LoadRecorder recorder(Recorder recorder) {
        return new LoadRecorder(recorder, RecordingContext.NONE, new RecordingTexts(UnaryOperator.identity()));
    }

    /// A short run of all operations, some of which fail.
    private static LoadRun run(Loads loads, LoadRecorder recorder) {
        AtomicInteger calls = new AtomicInteger();
        loads.engine.inside = _ -> {
            if (calls.incrementAndGet() % 50 == 0) {
                throw new IllegalStateException("a failure, jdbc:postgresql://user:secret@host/db");
            }
        };
        LoadRun run = loads.service.reserve("recording")
                .start(Loads.open(400, 64, 4, ALL, Duration.ofSeconds(1)).withThresholds(
                        List.of(Threshold.parse("add.p99 < 10 s"), Threshold.parse("errors < 0.001 %"))), recorder);
        Loads.result(run);
        return run;
    }

    @Test
    void everyFigureOfARecordedRunIsComputedAgainFromItsFiles() {
        try (Loads loads = new Loads()) {
            Recorder recorder = new Recorder(recordings(), () -> NO_LIMIT);
            LoadRun run = run(loads, recorder(recorder));
            LoadResult result = Loads.result(run);

            Recordings again = recordings();
            LoadFiles files = LoadFiles.read(again, again.open(Recordings.LAST));
            Recomputed figures = new Recomputed(files);
            assertEquals(result.operations().keySet(), figures.operations().keySet());
            result.operations().forEach((name, operation) -> figures.assertEqual(name, operation));
            assertEquals(result.arrival().lagMs(), Percentiles.of(histogram(files, "lag")));
            assertEquals(result.verdict(), files.result().verdict());
            assertEquals(result.arrival(), files.result().arrival());
            assertEquals(result.pool(), files.result().pool());
            assertEquals(result.thresholds(), files.result().thresholds());
            assertEquals(result.acknowledged(), files.result().acknowledged());
            assertEquals(run.recording().spectrum(), files.recording().spectrum());
            assertEquals(run.recording().stagesMs(), files.recording().stagesMs());
            assertEquals(texts(run.recording().marks()), texts(files.recording().marks()));
            assertSamePoints(run.recording().timeline(), files.recording().timeline());
            figures.assertManifest();
        }
    }

    private static Histogram histogram(LoadFiles files, String name) {
        return Objects.requireNonNull(files.histograms().get(name));
    }

    private static List<String> texts(List<EventMark> marks) {
        // The mark of the end of the run is made after its recording.
        return marks.stream().map(mark -> mark.at() + mark.text()).filter(text -> !text.endsWith(" ends")).toList();
    }

    private static void assertSamePoints(List<Point> expected, List<Point> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            Point point = expected.get(i);
            Point read = actual.get(i);
            assertEquals(point.at(), read.at());
            assertEquals(point.count(), read.count());
            assertEquals(point.p99(), read.p99(), 1e-6);
            assertEquals(point.max(), read.max(), 1e-6);
            assertEquals(point.throughput(), read.throughput(), 1e-6);
            assertEquals(point.errors(), read.errors(), 1e-6);
            assertEquals(point.poolActive(), read.poolActive(), 1e-6);
        }
    }

    /// The figures of the operations from the distributions and the counts of the files.
    private record Recomputed(LoadFiles files) {
        Map<String, OperationResult> operations() {
            return files.result().operations();
        }

        void assertEqual(String name, OperationResult expected) {
            OperationResult counts = Objects.requireNonNull(operations().get(name));
            Histogram latency = histogram(files, name + ".latency");
            Histogram service = histogram(files, name + ".service");
            assertTrue(expected.count() > 0, name);
            assertEquals(expected.latencyMs(), Percentiles.of(latency), name);
            assertEquals(expected.serviceMs(), Percentiles.of(service), name);
            assertEquals(expected.count(), latency.getTotalCount() - counts.unfinished(), name);
            assertEquals(expected.throughputPerS(),
                    (latency.getTotalCount() - counts.unfinished() - counts.late()) / files.result().seconds(), 1e-9);
            assertEquals(expected.errors(), counts.errors());
        }

        void assertManifest() {
            for (Figure figure : files.manifest().figures()) {
                String[] name = figure.name().split("\\.", -1);
                double again = switch (name[name.length - 1]) {
                    case "p50" -> Percentiles.ms(histogram(files, name[0] + ".latency"), 50);
                    case "p99" -> Percentiles.ms(histogram(files, name[0] + ".latency"), 99);
                    case "errors" -> files.result().errors();
                    default -> Double.NaN;
                };
                if (!Double.isNaN(again)) {
                    assertEquals(again, Objects.requireNonNull(figure.value()), 1e-9, figure.name());
                }
            }
        }
    }

    @Test
    void onlyTheOwnerReadsARecordingAndNoFileHoldsASecret() throws IOException {
        try (Loads loads = new Loads()) {
            Recordings recordings = recordings();
            LoadRecorder recorder = new LoadRecorder(new Recorder(recordings, () -> NO_LIMIT),
                    new RecordingContext(_ -> Optional.of("users: 4"), Optional::empty,
                            () -> Map.of("shared_buffers", "128MB"),
                            _ -> List.of("a line")),
                    new RecordingTexts(text -> text.replace("user:secret", "***")));
            loads.hub.mark(EventMark.Kind.CHANGE, "before");
            run(loads, recorder);

            Path place = recordings.folder().resolve(recordings.open(Recordings.LAST).id());
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(place)));
            try (Stream<Path> files = Files.list(place)) {
                for (Path file : files.toList()) {
                    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                    assertFalse(text(file).contains("secret"), file.toString());
                }
            }
            assertTrue(text(place.resolve("result.json")).contains("***@host"), "the failure is a warning");
            assertFalse(text(place.resolve("config.yaml")).contains("url: jdbc"));
            assertEquals("users: 4", text(place.resolve("scenario.yaml")));
            assertEquals("a line\n", text(place.resolve("log.txt")));
            assertTrue(text(place.resolve("environment.json")).contains("128MB"));
        }
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                bytes = in.readAllBytes();
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aRunThatCannotBeRecordedIsGoodAllTheSame() throws IOException {
        Files.writeString(data.resolve("recordings"), "a file in the way");
        try (Loads loads = new Loads()) {
            Recorder recorder = new Recorder(recordings(), () -> NO_LIMIT);
            LoadResult result = Loads.result(run(loads, recorder(recorder)));
            assertTrue(result.succeeded() > 0);
            Recorder.Outcome outcome = recorder.last().orElseThrow();
            assertTrue(outcome.id().isEmpty());
            assertTrue(outcome.sentence().startsWith("The run was not recorded."), outcome.sentence());
        }
    }

    @Test
    void aLimitOfNothingRecordsNothing() {
        try (Loads loads = new Loads()) {
            Recorder recorder = new Recorder(recordings(), () -> 0);
            run(loads, recorder(recorder));
            assertTrue(recorder.last().isEmpty());
            assertFalse(Files.exists(data.resolve("recordings")));
        }
    }

    @Test
    void theOldestRecordingsAreRemovedAtTheSizeOfTheSetting() {
        Recordings recordings = recordings();
        long size = Objects.requireNonNull(add(recordings, 1, NO_LIMIT).files().get("log.txt"));
        recordings.update(Recordings.LAST, manifest -> manifest.withPinned(true));
        List<String> ids = new ArrayList<>();
        for (int day = 2; day <= 5; day++) {
            ids.add(add(recordings, day, size * 7 / 2).id());
        }
        List<RecordingEntry> left = recordings.list();
        assertEquals(List.of(ids.get(3), ids.get(2)),
                left.subList(0, 2).stream().map(RecordingEntry::id).toList());
        assertEquals(3, left.size());
        assertTrue(((RecordingEntry.Intact) left.get(2)).manifest().pinned());

        Recorder full = new Recorder(recordings, () -> size + 10);
        full.record(() -> day(6));
        assertTrue(full.last().orElseThrow().sentence().contains("are left for recordings"),
                full.last().orElseThrow().sentence());
        assertEquals(3, recordings.list().size());
    }

    private static Manifest add(Recordings recordings, int day, long limit) {
        return recordings.add(day(day), limit);
    }

    private static NewRecording day(int day) {
        Instant at = Instant.parse("2026-11-0" + day + "T10:00:00Z");
        return new NewRecording(RecordingKind.LOAD, "Day " + day, at, at.plusSeconds(20), 42, "good", "Good.",
                List.of(Figure.of("throughput", "/s", 100.0 * day)),
                List.of(RecordingFile.text("log.txt", "x".repeat(100_000))));
    }
}
