package dev.memfuse.load.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.memfuse.load.LoadRecording.OperationPoint;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Workload;
import dev.memfuse.load.report.TimelineCsv;
import dev.memfuse.load.run.Loads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
    private static final Workload.Mix ALL = new Workload.Mix(6, 3, 1);

    @TempDir
    private Path data;

    private Recordings recordings() {
        return new Recordings(data.resolve("recordings"));
    }

    @Test
    void aRecordedLoadHasTheFiguresOfEachOperationInEachSecond() {
        try (Loads loads = new Loads()) {
            Recordings recordings = recordings();
            Loads.result(loads.service.reserve("recording").start(
                    Loads.open(400, 64, 4, ALL, Duration.ofMillis(2_300)),
                    new LoadRecorder(new Recorder(recordings, () -> 1L << 30), RecordingContext.NONE,
                            new RecordingTexts(UnaryOperator.identity()))));

            Baseline baseline = Baseline.read(recordings, Recordings.LAST);

            assertTrue(baseline.hasOperations());
            assertEquals(List.of("It has no figures of the connection pool."), baseline.lacking(),
                    "the engine of this load has none");
            for (Point point : baseline.points()) {
                assertEquals(point.count(),
                        point.operations().values().stream().mapToLong(OperationPoint::count).sum(),
                        "all operations of second " + point.seconds());
                assertEquals(point.throughput(),
                        point.operations().values().stream().mapToDouble(OperationPoint::throughput).sum(), 1e-3);
                point.operations().values().forEach(BaselineTest::assertOrdered);
            }
            assertEquals(Set.of(OperationKind.values()), baseline.points().stream()
                    .flatMap(point -> point.operations().keySet().stream())
                    .collect(Collectors.toSet()));
        }
    }

    private static void assertOrdered(OperationPoint point) {
        assertTrue(point.p50() <= point.p95() && point.p95() <= point.p99(), point.toString());
        // The wait for the start is part of the one and not of the other; both are of two digits.
        assertTrue(point.scheduledP99() >= point.p99() * 0.98, point.toString());
    }

    @Test
    void whatWasWrittenIsRead() {
        Recordings recordings = recordings();
        List<Point> points = SampleBaselines.points(5, 1);
        SampleBaselines.add(recordings, points, "buffer:\n  bypass_mode: true\n");

        Baseline baseline = Baseline.read(recordings, Recordings.LAST);

        // The file has six decimals.
        assertEquals(TimelineCsv.lines(points), TimelineCsv.lines(baseline.points()));
        assertEquals(3.1, firstList(baseline).p50(), 1e-6);
        assertEquals(20, firstList(baseline).count());
        assertEquals(List.of(), baseline.lacking());
        assertTrue(Double.isNaN(firstList(baseline).scheduledP99()), "a closed run has no schedule");
    }

    private static OperationPoint firstList(Baseline baseline) {
        OperationPoint point = baseline.points().getFirst().operations().get(OperationKind.LIST);
        assertNotNull(point);
        return point;
    }

    @Test
    void theSettingsThatDifferFromTheDefaultsNameTheRun() {
        Recordings recordings = recordings();
        SampleBaselines.add(recordings, SampleBaselines.points(2, 1),
                "buffer:\n  bypass_mode: false\npostgres:\n  pool_size: 7\n");

        List<String> settings = Baseline.read(recordings, Recordings.LAST).settings().orElseThrow();

        assertTrue(settings.contains("postgres.pool_size: 7"), settings.toString());
    }

    /// As earlier versions wrote it.
    @Test
    void aRecordingWithoutColumnsOfOperationsIsReadAndSaysWhatItLacks() {
        Recordings recordings = recordings();
        List<String> old = new ArrayList<>();
        TimelineCsv.lines(SampleBaselines.points(3, 1)).forEach(
                line -> old.add(String.join(",", List.of(line.split(",", -1)).subList(0, 14))));
        SampleBaselines.addLines(recordings, old);

        Baseline baseline = Baseline.read(recordings, Recordings.LAST);

        assertFalse(baseline.hasOperations());
        assertEquals(3, baseline.points().size());
        assertEquals("It is of a version that recorded no figures of single operations: throughput and latency are "
                + "not drawn. Load it again to have them.", baseline.lacking().getFirst());
        assertTrue(baseline.lacking().getLast().startsWith("Its settings are not known. The recording "),
                baseline.lacking().toString());
        assertEquals(Optional.empty(), baseline.settings(), "not the defaults");
    }

    @Test
    void aRecordingWithoutAPoolSaysSo() {
        Recordings recordings = recordings();
        List<Point> points = SampleBaselines.points(2, 1).stream().map(point -> new Point(point.seconds(), point.at(),
                false, point.count(), point.throughput(), 0, 0, 1, 1, 1, 1, Double.NaN, 0, 0, point.operations()))
                .toList();
        SampleBaselines.add(recordings, points, "buffer:\n  bypass_mode: true\n");

        assertEquals(List.of("It has no figures of the connection pool."),
                Baseline.read(recordings, Recordings.LAST).lacking());
    }

    @Test
    void whatCannotBeDrawnIsASentence() throws IOException {
        Recordings recordings = recordings();
        assertEquals("There is no recording \"last\"; 'history list' shows all.", refusal(recordings));

        Manifest damaged = SampleBaselines.addDamaged(recordings);
        assertEquals("The file series.csv.gz of the recording " + damaged.id()
                + " cannot be read: Not in GZIP format.", refusal(recordings));
        recordings.delete(damaged.id());

        Manifest other = SampleBaselines.addLines(recordings, List.of("a,b", "1,2"));
        assertEquals("The file series.csv.gz of the recording " + other.id()
                + " cannot be read: the first line does not name the columns of a timeline.", refusal(recordings));
        recordings.delete(other.id());

        Manifest empty = SampleBaselines.add(recordings, List.of(), "");
        assertEquals("The recording " + empty.id() + " is empty: its load ended before its first second.",
                refusal(recordings));

        Path manifest = recordings.folder().resolve(empty.id()).resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"format_version\" : 1",
                "\"format_version\" : 2"));
        assertEquals("The recording " + empty.id() + " cannot be opened. It was written by a newer version of the "
                + "program: its format is 2, and this version reads 1 and older.", refusal(recordings));
    }

    @Test
    void onlyLoadsHaveACourse() {
        Recordings recordings = recordings();
        Manifest sweep = recordings.add(new NewRecording(RecordingKind.SWEEP, "Sweep", SampleBaselines.AT,
                SampleBaselines.AT, 1, "good", "Good.", List.of(), List.of()), 1L << 30);

        assertEquals(
                "The recording " + sweep.id() + " is a sweep: only loads and observations have a course over time.",
                refusal(recordings));
    }

    private static String refusal(Recordings recordings) {
        return String.valueOf(
                assertThrows(RuntimeException.class, () -> Baseline.read(recordings, Recordings.LAST)).getMessage());
    }
}
