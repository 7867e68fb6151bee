package dev.memfuse.load.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.load.LoadRecording.OperationPoint;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.OperationKind;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SampleSlices;
import dev.memfuse.metrics.SliceGauge;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.slice.LatencySlice;
import dev.memfuse.metrics.span.TimeSpan;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationRecorderTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final long LIMIT = 1L << 30;

    @TempDir
    private Path data;
    private final MetricsHub hub = new MetricsHub(Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC));

    private Recordings recordings() {
        return new Recordings(data.resolve("recordings"));
    }

    private ObservationRecorder recorder(long limit) {
        MemFuseConfig config = new ConfigLoader().load();
        RecordingContext context = new RecordingContext(_ -> Optional.empty(), Optional::empty,
                () -> Map.of("shared_buffers", "128MB"), _ -> List.of("a line with secret"));
        return new ObservationRecorder(recordings(), () -> limit, hub,
                new ObservationRecorder.Surroundings(() -> config, () -> Map.of("database", "embedded"), context),
                new RecordingTexts(text -> text.replace("secret", "***")));
    }

    private static TimeSpan span(int from, int to) {
        return new TimeSpan(START.plusSeconds(from), START.plusSeconds(to));
    }

    private static OperationPoint of(Point point, OperationKind kind) {
        return Objects.requireNonNull(point.operations().get(kind), kind.label());
    }

    /// Twenty seconds of 100 adds of 2 ms, of which 4 failed, and, in the second half, of 10 queries of 30 ms.
    private void publish() {
        for (int second = 0; second < 20; second++) {
            SampleSlices slice = SampleSlices.at(START.plusSeconds(second))
                    .calls(Operation.ADD, SampleSlices.times(100, 2), SampleSlices.times(100, 8), 4)
                    .calls(Operation.FLUSH, 3, 500, 0).gauge(SliceGauge.ACTIVE, 2, 4).gauge(SliceGauge.WAITING, 0, 7)
                    .gauge(SliceGauge.LIMIT, 30);
            if (second >= 10) {
                slice.calls(Operation.QUERY, 10, 30, 0);
            }
            SnapshotFeed.slice(hub, slice.second());
        }
    }

    @Test
    void theSelectedTimeAloneIsRecordedAndCanBeABaseline() {
        publish();

        Manifest manifest = recorder(LIMIT).record(span(5, 15));

        assertEquals(RecordingKind.OBSERVATION, manifest.kind());
        assertEquals(START.plusSeconds(5), manifest.startedAt());
        Baseline baseline = Baseline.read(recordings(), Recordings.LAST);
        assertEquals(List.of(), baseline.lacking());
        assertEquals(List.of(1., 2., 3., 4., 5., 6., 7., 8., 9., 10.),
                baseline.points().stream().map(Point::seconds).toList());
        Point first = baseline.points().getFirst();
        assertEquals(96, first.count(), "calls of others than callers and failed ones do not count");
        assertEquals(96, first.throughput(), 1e-6);
        assertEquals(4, first.errors(), 1e-6);
        assertEquals(2, first.p50(), 0.02);
        assertEquals(8, of(first, OperationKind.ADD).scheduledP99(), 0.08);
        assertFalse(first.operations().containsKey(OperationKind.QUERY));
        assertEquals(3, first.poolActive(), 1e-6);
        assertEquals(7, first.poolWaiting());
        assertEquals(30, first.poolLimit());
        Point last = baseline.points().getLast();
        assertEquals(30, of(last, OperationKind.QUERY).p50(), 0.3);
        assertTrue(Double.isNaN(of(last, OperationKind.QUERY).scheduledP99()));
    }

    @Test
    void itsFiguresAreThoseOfTheSpan() {
        publish();

        Manifest manifest = recorder(LIMIT).record(span(10, 20));

        assertEquals("1,100 calls, 110/s, 40 errors.", manifest.sentence());
        assertEquals("40", manifest.figure("errors").orElseThrow().text());
        assertEquals(106, value(manifest, "throughput"), 1e-6);
        assertEquals(2, value(manifest, "add.p99"), 0.02);
        assertEquals(30, value(manifest, "query.p50"), 0.3);
        assertTrue(manifest.figure("query.p99").orElseThrow().rough(), "100 calls are few for it");
        assertTrue(manifest.figure("flush.p50").isEmpty(), "callers do not wait for a flush");
    }

    private static double value(Manifest manifest, String name) {
        Double value = manifest.figure(name).orElseThrow().value();
        return value == null ? Double.NaN : value;
    }

    @Test
    void itHasDistributionsMarksSettingsAndLogWithoutSecrets() throws IOException {
        publish();
        hub.mark(EventMark.Kind.CHANGE, "outside");

        Manifest manifest = recorder(LIMIT).record(span(0, 20));

        Recordings recordings = recordings();
        try (InputStream in = recordings.read(manifest, RecordingFile.LATENCY)) {
            Map<String, Histogram> all = LatencyLog.read(in);
            assertEquals(List.of("add.service", "add.latency", "query.service", "flush.service"),
                    List.copyOf(all.keySet()));
            assertEquals(2_000, Objects.requireNonNull(all.get("add.service")).getTotalCount());
        }
        assertEquals("", recordings.text(manifest, RecordingFile.MARKS), "the mark is of another time");
        assertTrue(recordings.text(manifest, RecordingFile.ENVIRONMENT).contains("128MB"));
        assertTrue(recordings.text(manifest, RecordingFile.CONFIG).contains("bypass_mode"));
        assertTrue(recordings.text(manifest, RecordingFile.RESULT).contains("\"operations\""));
        assertEquals("a line with ***\n", recordings.text(manifest, RecordingFile.LOG));
    }

    @Test
    void aTimeWithoutCallsIsRecordedAndSaysWhatItLacks() {
        for (int second = 0; second < 5; second++) {
            SnapshotFeed.slice(hub,
                    SampleSlices.at(START.plusSeconds(second)).gauge(SliceGauge.ACTIVE, 0).second());
        }

        Manifest manifest = recorder(LIMIT).record(span(0, 5));

        assertEquals("Nobody called the engine.", manifest.sentence());
        assertFalse(manifest.files().containsKey(RecordingFile.LATENCY));
        assertEquals(List.of("Nobody added, queried or listed in it: it has neither throughput nor latency."),
                Baseline.read(recordings(), Recordings.LAST).lacking());
    }

    @Test
    void aTimeInWhichNothingWasMeasuredIsRefused() {
        publish();

        RecordingException refused = assertThrows(RecordingException.class,
                () -> recorder(LIMIT).record(span(100, 110)));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("Nothing was measured in this time."));
        assertEquals(List.of(), recordings().list());
    }

    @Test
    void allThatIsKeptIsRecordedAndNothingIsRefused() {
        RecordingException refused = assertThrows(RecordingException.class, () -> recorder(LIMIT).recordAll());
        assertTrue(String.valueOf(refused.getMessage()).startsWith("Nothing was measured"));

        publish();
        Manifest all = recorder(LIMIT).recordAll();

        assertEquals(START, all.startedAt());
        assertEquals(START.plusSeconds(20), all.endedAt());
        assertEquals("2,100 calls, 105/s, 80 errors.", all.sentence());
    }

    @Test
    void aProgramThatRecordsNothingSaysHowToChangeThat() {
        publish();

        RecordingException refused = assertThrows(RecordingException.class, () -> recorder(0).record(span(0, 20)));

        assertTrue(String.valueOf(refused.getMessage()).contains("load.recordings_mib"));
    }

    @Test
    void extremeTimesAndCountsAreReadAsTheyWereWritten() {
        SnapshotFeed.slice(hub, SampleSlices.at(START).calls(Operation.ADD, SampleSlices.times(1, 0.000_001),
                LatencySlice.NONE, 0).calls(Operation.QUERY, SampleSlices.times(1_000_000_000, 3_599_000),
                        LatencySlice.NONE, 0)
                .calls(Operation.LIST, 5, 1, 5).second());

        recorder(LIMIT).record(span(0, 1));

        Point point = Baseline.read(recordings(), Recordings.LAST).points().getFirst();
        assertEquals(3_599_000, of(point, OperationKind.QUERY).p99(), 36_000);
        assertEquals(1_000_000_000, of(point, OperationKind.QUERY).count());
        assertFalse(point.operations().containsKey(OperationKind.LIST), "all of them failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "tr-TR", "th-TH-u-ca-buddhist-nu-thai"})
    void otherLocalesWriteTheSameNumbers(String tag) {
        publish();
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            assertEquals("1,100 calls, 110/s, 40 errors.", recorder(LIMIT).record(span(10, 20)).sentence());
            assertEquals(10, Baseline.read(recordings(), Recordings.LAST).points().size());
        } finally {
            Locale.setDefault(before);
        }
    }
}
