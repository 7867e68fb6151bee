package dev.memfuse.console.lab.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.lab.sweep.SampleSweep;
import dev.memfuse.lab.sweep.SweepDimension;
import dev.memfuse.lab.sweep.SweepParameters;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepPoint;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.sweep.SweepRun;
import dev.memfuse.load.Workload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepViewModelTest {
    @TempDir
    private Path folder;
    private final List<String> messages = new ArrayList<>();
    private final Tunables tunables = Fakes.tunables();
    private Fakes.Sweeps sweeps;
    private SweepViewModel model;

    @BeforeEach
    void open() {
        Lab lab = Fakes.lab(folder, tunables);
        sweeps = (Fakes.Sweeps) lab.sweeps();
        model = new SweepViewModel(lab, tunables, new DirectTaskRunner(), Runnable::run, messages::add);
        model.check();
    }

    private SweepPlan plan() {
        return sweeps.last().plan();
    }

    private SweepCheck checked() {
        return model.form().checkedProperty().get();
    }

    @Test
    void oneClickSweepsThePoolUnderAClosedLoad() {
        assertEquals("Run 12 loads, about 102 s", SweepViewModel.runText(checked()));

        model.run();

        assertEquals("postgres.pool_size", plan().parameter());
        assertEquals(List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0), plan().values());
        assertEquals(new Workload.Arrival.Closed(16), plan().workload().arrival());
        assertEquals(2, plan().rounds());
        assertEquals(tunables.get(), plan().base());
    }

    static List<String> everyParameter() {
        return SweepParameters.all();
    }

    @ParameterizedTest
    @MethodSource("everyParameter")
    void everyParameterHasValuesToBeginWith(String parameter) {
        model.form().parameterProperty().set(parameter);

        assertEquals("", checked().problemValues());
        assertTrue(checked().plan().orElseThrow().values().size() >= 2, model.form().valuesProperty().get());
    }

    @Test
    void aSettingOfTheServerHasValuesWithAUnit() {
        model.form().parameterProperty().set("postgres.server.shared_buffers");
        model.form().valuesProperty().set("16MB..64MB");

        assertEquals("postgres.server.shared_buffers (MB)", checked().plan().orElseThrow().parameter());
        assertEquals(List.of(16.0, 32.0, 64.0), checked().plan().orElseThrow().values());
        assertEquals(Optional.of("postgres.server.shared_buffers takes effect when PostgreSQL starts, so each load "
                + "begins with a fresh server: 7 restarts, about 7 s of the time."),
                checked().plan().orElseThrow().restartNote());

        model.form().valuesProperty().set("16MB..1GB");
        assertTrue(checked().problemValues().contains("in one unit"), checked().problemValues());
        model.form().valuesProperty().set("16kB..64kB");
        assertTrue(checked().problemValues().contains("shared_buffers"), checked().problemValues());
        model.form().parameterProperty().set("postgres.pool_size");
        model.form().valuesProperty().set("1MB..4MB");
        assertEquals("postgres.pool_size has values without a unit.", checked().problemValues());
    }

    @Test
    void eachParameterKeepsWhatWasTypedForIt() {
        model.form().valuesProperty().set("3,5,7");
        model.form().parameterProperty().set("rate");
        assertEquals("50..800", model.form().valuesProperty().get());
        model.form().valuesProperty().set("10..40:10");

        model.form().parameterProperty().set("postgres.pool_size");
        assertEquals("3,5,7", model.form().valuesProperty().get());
        model.form().parameterProperty().set("rate");
        assertEquals("10..40:10", model.form().valuesProperty().get());
    }

    @Test
    void theLoadOfTheFormIsThatOfEachValue() {
        model.form().closedProperty().set(false);
        model.form().levelProperty().set("250");
        model.form().secondsProperty().set("2.5");

        model.run();

        assertEquals(250, ((Workload.Arrival.Open) plan().workload().arrival()).level());
        assertEquals(Duration.ofMillis(2_500), plan().workload().duration());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "32..1", "a,b", "0..8", "1,2,9999", "1.5,2.5", "-1,4"})
    void wrongValuesAreASentenceAtTheFieldAndStartNothing(String wrong) {
        model.form().valuesProperty().set(wrong);

        assertTrue(checked().problemValues().matches("(?s).{10,}"), checked().problemValues());
        model.run();
        assertEquals(List.of(), sweeps.runs());
        assertEquals("Correct the marked fields first.", model.experiment().problemProperty().get());

        model.form().valuesProperty().set("2,4,8");
        assertEquals("", model.experiment().problemProperty().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "2.5", "99999999", ""})
    void aWrongLevelIsASentenceAtItsField(String level) {
        model.form().levelProperty().set(level);

        assertTrue(checked().problemLoad().length() > 10, checked().problemLoad());
        assertEquals("", checked().problemSeconds());
        assertTrue(checked().plan().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "soon", "-1", "90000", ""})
    void aWrongLengthIsASentenceAtItsField(String seconds) {
        model.form().secondsProperty().set(seconds);

        assertTrue(checked().problemSeconds().length() > 10, checked().problemSeconds());
        assertEquals("", checked().problemLoad());
        assertTrue(checked().plan().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "21", "two", ""})
    void aWrongNumberOfRoundsIsASentenceAtItsField(String wrong) {
        model.form().roundsProperty().set(wrong);

        assertEquals("Enter a whole number from 1 to 20.", checked().problemRounds());
    }

    @Test
    void aSweepOfTheLoadNeedsNoLevel() {
        model.form().levelProperty().set("");
        model.form().parameterProperty().set("concurrency");

        assertEquals("", checked().problemLoad());
        model.form().valuesProperty().set("1,2.5");
        assertEquals("The concurrency must be a whole number, not 2.5.", checked().problemValues());
        model.form().valuesProperty().set("1,2000000");
        assertFalse(checked().problemValues().isEmpty());
    }

    @Test
    void showsLoadValueTimeLeftAndThePointsSoFar() {
        model.run();
        assertEquals("Preparing", model.experiment().progressProperty().get().step());

        sweeps.last().progress = new SweepRun.Status(3, 12, "postgres.pool_size 8", Duration.ofSeconds(75),
                SampleSweep.points(List.of(1.0, 2.0), null));
        model.experiment().tick();

        RunningView now = model.experiment().progressProperty().get();
        assertEquals("Load 4 of 12", now.title());
        assertEquals("At postgres.pool_size 8", now.step());
        assertEquals("1:15 left", now.left());
        assertEquals(0.25, now.share());
        assertEquals(2, now.points().size());
    }

    @Test
    void showsTheResultAndARecordedOne() {
        model.run();
        SweepResult measured = SampleSweep.result("postgres.pool_size", plan().values(), null);

        sweeps.last().end(measured);
        assertEquals(measured, model.resultProperty().get());
        assertEquals(PageState.READY, model.experiment().stateProperty().get());

        SweepResult recorded = SampleSweep.result("rate", List.of(10.0, 20.0), null);
        model.show(recorded);
        assertEquals(recorded, model.resultProperty().get());
    }

    @Test
    void aFailureSaysWhyAndOffersToRunAgain() {
        model.run();
        sweeps.last().fail("The database does not answer.");

        PageState.Failed failed = assertInstanceOf(PageState.Failed.class, model.experiment().stateProperty().get());
        assertEquals("The sweep has no result. The database does not answer.", failed.problem());
        assertNotNull(failed.retry());
        failed.retry().run().run();
        assertEquals(2, sweeps.runs().size());
    }

    @Test
    void theSettingsThatASweepChangesAreNotThoseOfTheForm() {
        model.run();
        SweepCheck before = checked();

        tunables.apply("sweep, 8", now -> ConfigValues.with(now, "postgres.pool_size", 8));

        assertEquals(before, checked());
    }

    @Test
    void theCurvesHaveEachPointInWordsAndItsCheck() {
        SweepResult result = SampleSweep.result("postgres.pool_size", List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0), 8.0);

        SweepCurves throughput = SweepCurves.throughput(SweepAxes.of(result.parameter(), null, result.points()),
                result.points(), result.law());
        assertEquals(List.of(List.of(true, true, true, false, true, true)), throughput.agrees());
        assertTrue(throughput.texts().get(3).startsWith("At postgres.pool_size 8: "), throughput.texts().get(3));
        assertTrue(throughput.texts().get(3).contains("Little's law does not hold"), throughput.texts().get(3));
        SweepCurves latency = SweepCurves.latency(SweepAxes.of(result.parameter(), null, result.points()),
                result.points(),
                "add");
        assertEquals(List.of("p50", "p95", "p99"),
                latency.curves().stream().map(SweepCurves.Curve::styleClass).toList());
        assertTrue(latency.texts().getFirst().contains("p99 ~"), "rough: " + latency.texts().getFirst());
    }

    @Test
    void aSecondParameterMakesAGrid() {
        model.form().secondProperty().set("postgres.max_overflow");
        model.form().secondValuesProperty().set("1,5");

        model.run();

        assertEquals(new SweepDimension("postgres.max_overflow", List.of(1.0, 5.0)), plan().second());
        assertEquals("Run 24 loads, about 3.4 min", SweepViewModel.runText(checked()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"postgres.pool_size | 1,2", "postgres.max_overflow | 1",
            "postgres.max_overflow | 5..1", "postgres.max_overflow | 1,99999", "postgres.max_overflow | ''"})
    void aWrongSecondParameterIsASentenceAtItsFields(String second, String values) {
        model.form().secondProperty().set(second);
        model.form().secondValuesProperty().set(values);

        assertTrue(checked().problemSecond().length() > 10, checked().toString());
        assertEquals("", checked().problemValues());
        assertTrue(checked().plan().isEmpty());
    }

    @Test
    void aGridHasACurveForEachValueOfTheParameterWithFewerValues() {
        List<SweepPoint> points = SampleSweep.grid(List.of(1.0, 2.0, 4.0), List.of(1.0, 5.0));

        SweepCurves curves = SweepCurves.throughput(SweepAxes.of("postgres.pool_size", "postgres.max_overflow",
                points), points, null);

        assertEquals(List.of(1.0, 2.0, 4.0), curves.parameter());
        assertEquals(List.of("max_overflow 1", "max_overflow 5"),
                curves.curves().stream().map(SweepCurves.Curve::name).toList());
        assertEquals(points.stream().filter(point -> Double.valueOf(5).equals(point.second()))
                .map(SweepPoint::throughputPerS).toList(), curves.curves().getLast().values());
        assertTrue(curves.texts().getFirst().startsWith("At postgres.pool_size 1: "), curves.texts().getFirst());
        assertTrue(curves.texts().getFirst().contains("with 5"), curves.texts().getFirst());
        List<SweepPoint> wide = SampleSweep.grid(List.of(1.0, 2.0), List.of(1.0, 5.0, 9.0));
        SweepAxes axes = SweepAxes.of("postgres.pool_size", "postgres.max_overflow", wide);
        assertEquals(List.of(1.0, 5.0, 9.0), SweepCurves.throughput(axes, wide, null).parameter());
        assertEquals(2, SweepCurves.latency(axes, wide, "add").curves().size());
    }

    @Test
    void aPointThatAGridLacksLeavesAGap() {
        List<SweepPoint> points = SampleSweep.grid(List.of(1.0, 2.0, 4.0), List.of(1.0, 5.0)).subList(0, 5);

        SweepCurves curves = SweepCurves.throughput(SweepAxes.of("postgres.pool_size", "postgres.max_overflow",
                points), points, null);

        assertTrue(curves.curves().getLast().values().getLast().isNaN(), curves.toString());
        assertFalse(curves.texts().getLast().contains("with 5"), curves.texts().getLast());
    }
}
