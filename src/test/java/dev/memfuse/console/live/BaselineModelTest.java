package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.recording.SampleBaselines;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineModelTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String BYPASS = "buffer:\n  bypass_mode: false\n";

    @TempDir
    private Path folder;
    private final List<EventMark> marks = new ArrayList<>();

    private Recordings recordings() {
        return new Recordings(folder.resolve("recordings"));
    }

    private BaselineModel model(Recordings recordings) {
        return new BaselineModel(recordings, new DirectTaskRunner(),
                Clock.fixed(NOW, ZoneOffset.UTC), () -> marks);
    }

    private static BaselineSamples samples(BaselineModel model) {
        BaselineSamples samples = model.samplesProperty().get();
        assertNotNull(samples, model.problemProperty().get());
        return samples;
    }

    private void loadBegins(Instant at) {
        marks.add(new EventMark(at.minusSeconds(2), EventMark.Kind.LOAD, "Load 1 starts"));
        marks.add(new EventMark(at, EventMark.Kind.WARMUP, "Load 1: warm-up, not counted"));
    }

    @Test
    void theRecordedLoadsAreOfferedWhenTheChoiceOpens() {
        Recordings recordings = recordings();
        BaselineModel model = model(recordings);
        assertEquals(List.of(), model.choices());

        model.openProperty().set(true);
        assertEquals("No load is recorded yet. A load is recorded when it ends; run one, or import a recording on the "
                + "History page.", model.noteProperty().get());

        Manifest load = SampleBaselines.add(recordings, SampleBaselines.points(5, 1), BYPASS);
        model.list();
        assertEquals(List.of(load.id()), model.choices().stream().map(BaselineModel.Choice::id).toList());
        assertEquals("Load: closed, 8 at once, 12 users, 60.0 s, " + Formats.moment(SampleBaselines.AT),
                model.choices().getFirst().text());
        assertEquals("Choose a recorded load to draw it beneath this one.", model.noteProperty().get());
    }

    @Test
    void aChosenLoadIsDrawnFromTheStartOfTheNewestLoad() {
        Recordings recordings = recordings();
        Manifest load = SampleBaselines.add(recordings, SampleBaselines.points(5, 1),
                "postgres:\n  pool_size: 7\n");
        BaselineModel model = model(recordings);
        loadBegins(NOW.minusSeconds(100));
        loadBegins(NOW.minusSeconds(40));

        model.show(load);

        SampleRing add = samples(model).latency(Operation.ADD);
        assertEquals(NOW.minusSeconds(39).toEpochMilli(), add.time(0), "the first second ends a second after it");
        assertEquals(1.1, add.value(0, 0), 1e-9);
        assertEquals(6.6, add.value(3, 0), 1e-9);
        SampleRing throughput = samples(model).throughput();
        assertEquals(100, throughput.value(0, 0));
        assertEquals(60, throughput.value(1, 0));
        assertTrue(Double.isNaN(throughput.value(3, 0)), "a load has no other calls");
        assertEquals(11, samples(model).pool().value(0, 0));
        assertTrue(Double.isNaN(samples(model).pool().value(1, 0)), "idle connections are not recorded");
        assertEquals("With postgres.pool_size: 7. It starts with the load of "
                + Formats.timeOfDay(NOW.minusSeconds(40)) + ".",
                model.placeProperty().get());
        assertTrue(model.titleProperty().get().contains(Formats.moment(SampleBaselines.AT))
                && model.titleProperty().get().contains("postgres.pool_size: 7"), model.titleProperty().get());
        assertEquals("", model.noteProperty().get());
        assertEquals("", model.problemProperty().get());
    }

    /// The history keeps older seconds as slices of ten seconds, so an observation of them has points so far apart.
    @Test
    void anObservationOfAnOlderTimeIsOneLine() {
        Recordings recordings = recordings();
        List<Point> all = SampleBaselines.points(61, 1);
        Manifest older = SampleBaselines.addObservation(recordings,
                IntStream.range(0, 7).mapToObj(i -> all.get(10 * i)).toList());
        BaselineModel model = model(recordings);

        model.show(older);

        for (SampleRing ring : List.of(samples(model).throughput(), samples(model).pool(),
                samples(model).latency(Operation.ADD))) {
            assertEquals(7, ring.size());
            assertTrue(IntStream.range(1, 7).allMatch(ring::joined));
        }
    }

    @Test
    void aLoadThatStartsTakesTheBaselineToItsStart() {
        Recordings recordings = recordings();
        Manifest load = SampleBaselines.add(recordings, SampleBaselines.points(5, 1), BYPASS);
        BaselineModel model = model(recordings);
        model.show(load);
        assertEquals(NOW.plusSeconds(1).toEpochMilli(), samples(model).throughput().time(0),
                "without a load it starts when it is chosen");
        model.startAt(NOW.minusSeconds(30));
        model.align();
        assertEquals(NOW.minusSeconds(29).toEpochMilli(), samples(model).throughput().time(0),
                "it stays where it was put");
        assertTrue(model.placeProperty().get().contains("It starts at "
                + Formats.timeOfDay(NOW.minusSeconds(30))), model.placeProperty().get());

        loadBegins(NOW.plusSeconds(10));
        model.align();

        for (SampleRing ring : List.of(samples(model).throughput(), samples(model).pool(),
                samples(model).latency(Operation.LIST))) {
            assertEquals(NOW.plusSeconds(11).toEpochMilli(), ring.time(0));
        }
    }

    @Test
    void theEntryOfTheLegendSwitchesItOffAndOnAndRemoveForgetsIt() {
        Recordings recordings = recordings();
        Manifest load = SampleBaselines.add(recordings, SampleBaselines.points(5, 1), BYPASS);
        BaselineModel model = model(recordings);
        model.show(load);
        assertNotNull(model.drawn());

        model.drawnProperty().set(false);
        assertNull(model.drawn());
        model.drawnProperty().set(true);
        assertNotNull(model.drawn());

        model.remove();
        assertNull(model.drawn());
        assertEquals("", model.titleProperty().get());
        assertEquals("", model.placeProperty().get());
    }

    @Test
    void whatCannotBeReadIsSaidAndDrawsNothing() {
        Recordings recordings = recordings();
        Manifest good = SampleBaselines.add(recordings, SampleBaselines.points(5, 1), BYPASS);
        Manifest damaged = SampleBaselines.addDamaged(recordings);
        BaselineModel model = model(recordings);
        model.show(good);

        model.show(damaged);

        assertNull(model.drawn());
        assertTrue(model.problemProperty().get().contains("series.csv.gz"), model.problemProperty().get());
        assertEquals("", model.titleProperty().get());
        model.show(good);
        assertEquals("", model.problemProperty().get());
        assertNotNull(model.drawn());
    }

    /// Fails lists while told so.
    private static TaskRunner failingLists(AtomicBoolean fails) {
        TaskRunner direct = new DirectTaskRunner();
        return new TaskRunner() {
            @Override
            public <T> Task<T> call(String name, Callable<T> work) {
                return direct.call(name, () -> {
                    if (fails.get() && name.startsWith("list")) {
                        throw new UncheckedIOException("The folder cannot be read.", new IOException("gone"));
                    }
                    return work.call();
                });
            }
        };
    }

    @Test
    void aListThatFailsHidesNothingAndIsForgottenWhenItSucceeds() {
        Recordings recordings = recordings();
        Manifest load = SampleBaselines.add(recordings, SampleBaselines.points(5, 1), "postgres: [");
        AtomicBoolean fails = new AtomicBoolean();
        BaselineModel model = new BaselineModel(recordings, failingLists(fails), Clock.fixed(NOW, ZoneOffset.UTC),
                () -> marks);
        model.show(load);
        String lacking = model.problemProperty().get();
        assertTrue(lacking.contains("Its settings are not known."), lacking);

        fails.set(true);
        model.list();
        assertEquals(lacking + " The folder cannot be read.", model.problemProperty().get());
        fails.set(false);
        model.list();
        assertEquals(lacking, model.problemProperty().get());
    }

    @Test
    void anEarlierListThatEndsLaterChangesNothing() {
        Recordings recordings = recordings();
        LateTaskRunner lists = new LateTaskRunner();
        BaselineModel model = new BaselineModel(recordings, lists, Clock.fixed(NOW, ZoneOffset.UTC), () -> marks);
        model.list();
        model.list();
        lists.runNewest();
        assertEquals(List.of(), model.choices());
        SampleBaselines.add(recordings, SampleBaselines.points(5, 1), BYPASS);

        lists.runOldest();

        assertEquals(List.of(), model.choices(), "only the newest list counts");
    }

    @Test
    void settingsThatAreNotKnownAreNotCalledTheDefaults() {
        Recordings recordings = recordings();
        Manifest without = SampleBaselines.add(recordings, SampleBaselines.points(5, 1), "");
        BaselineModel model = model(recordings);

        model.show(without);

        assertTrue(model.problemProperty().get().startsWith("Its settings are not known."));
        assertTrue(model.placeProperty().get().startsWith("With unknown settings."), model.placeProperty().get());
        assertTrue(model.titleProperty().get().endsWith("unknown settings"), model.titleProperty().get());
    }

    @Test
    void aMomentWithoutABaselineOffersTheChoice() {
        BaselineModel model = model(recordings());

        model.startAt(NOW);

        assertTrue(model.openProperty().get());
    }

    @Test
    void theTableHasItsValuesAtTheTimesAtWhichTheyAreDrawn() {
        Recordings recordings = recordings();
        Manifest load = SampleBaselines.add(recordings, SampleBaselines.points(5, 1), BYPASS);
        BaselineModel model = model(recordings);
        loadBegins(NOW.minusSeconds(20));
        model.show(load);
        LiveViewModel live = new LiveViewModel(new LiveSources(LiveHistory.hub(NOW), () -> LiveHistory.BUFFERS,
                Optional::empty, Clock.fixed(NOW, ZoneId.of("UTC")), recordings));
        live.window().length(Duration.ofMinutes(1));

        List<String> lines = live.csv(model.drawn()).lines().toList();

        int column = List.of(lines.getFirst().split(",")).indexOf("Baseline latency of add: p50 (ms)");
        String first = lines.stream().filter(line -> line.startsWith("2026-03-01T11:59:41Z")).findFirst().orElseThrow();
        assertEquals(1.1, Double.parseDouble(first.split(",", -1)[column]), 1e-9);
    }
}
