package dev.memfuse.console.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.load.Workload;
import dev.memfuse.load.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadFormTest {
    private final LoadForm form = new LoadForm(new DirectTaskRunner());

    @Test
    void theDefaultsAreThoseOfTheCommandLine() {
        assertEquals(
                Optional.of(ScenarioDefaults.WORKLOAD),
                form.workload());
    }

    @Test
    void anOpenLoadTakesItsRateAndBound() {
        form.input().openProperty().set(true);
        form.input().text(LoadField.RATE).set(" 12.5 ");
        form.input().text(LoadField.IN_FLIGHT).set("64");

        assertEquals(new Workload.Arrival.Open(12.5, 64), form.workload().orElseThrow().arrival());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           USERS,    0,     'Enter a whole number from 1 to 10,000.'
                           USERS,    2.5,   'Enter a whole number from 1 to 10,000.'
                           DURATION, '',    'Enter a number from 0.001 to 86,400.'
                           BATCH,    many,  'Enter a whole number from 1 to 1,000.'
                           ADD,      -1,    'Enter a number from 0 to 1,000,000.'
                           SEED,     x,     Enter a whole number.
                           """)
    void showsTheProblemOfAField(LoadField field, String typed, String sentence) {
        form.input().text(field).set(typed);

        assertEquals(sentence, form.problem(field).get());
        assertFalse(form.validProperty().get());
        assertEquals(Optional.empty(), form.workload());
    }

    @Test
    void aFieldOfTheOtherArrivalIsIgnored() {
        form.input().openProperty().set(false);
        form.input().text(LoadField.RATE).set("fast");
        assertTrue(form.validProperty().get());

        form.input().openProperty().set(true);

        assertEquals("Enter a number from 0.001 to 1,000,000.", form.problem(LoadField.RATE).get());
    }

    static List<Scenario> scenarios() {
        return Scenarios.SHIPPED.stream().map(Scenarios::shipped).toList();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void showsAScenarioWithoutChangingIt(Scenario scenario) {
        form.show(scenario);

        assertEquals(Optional.of(scenario), form.scenario());
    }

    @Test
    void showsEveryShapeWithoutChangingIt() {
        for (Shape shape : List.of(new Shape.Steady(0.25), new Shape.Ramp(3, 0, Duration.ofMillis(1_500)),
                new Shape.Steps(List.of(1.0, 0.5), Duration.ofSeconds(3)),
                new Shape.Spike(2, 0, Duration.ZERO, Duration.ofSeconds(1)),
                new Shape.Sine(1e6, 5e5, Duration.ofSeconds(7)))) {
            Scenario scenario = Scenario.of(ScenarioDefaults.WORKLOAD
                    .withArrival(new Workload.Arrival.Open(Workload.ArrivalProcess.CONSTANT, shape, 7)));
            form.show(scenario);

            assertEquals(Optional.of(scenario), form.scenario());
        }
        Scenario closed = Scenario.of(ScenarioDefaults.WORKLOAD
                .withArrival(new Workload.Arrival.Closed(3, Duration.ofMillis(1_250)))
                .withWarmup(Workload.Warmup.AUTO).withGenerator(Workload.GeneratorPlace.PROCESS));
        form.show(closed);
        assertEquals(Optional.of(closed), form.scenario());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        THRESHOLDS | query.p98 < 3           | unknown figure
                        THRESHOLDS | add.p99 < 5 apples      | unit
                        CHANGES    | {at: 5s}                | Nothing is changed
                        CHANGES    | at 5s rate 3            | Expected keys such as at
                        CHANGES    | {at: 99s, rate: 3}      | The time is not within the duration of 20s.
                        CHANGES    | {at: 5s, rate: 3        | Not valid YAML
                        CHANGES    | {at: 5s, set: {x: 1}}   | Unknown setting
                        FAULTS     | {at: 5s, kind: stop}    | The length of the fault is missing
                        SIZE       | big                     | Expected a number of characters
                        SIZE       | 20..3                   | The size of a message must be
                        """)
    void showsTheProblemOfAText(LoadText field, String typed, String sentence) {
        form.input().text(field).set(typed);

        assertTrue(form.problem(field).get().contains(sentence), form.problem(field).get());
        assertFalse(form.validProperty().get());
        form.input().text(field).set("");
        assertTrue(form.validProperty().get());
    }

    @Test
    void anAmplitudeAboveTheRateIsAProblemOfTheAmplitude() {
        form.input().shapeProperty().set(ShapeKind.SINE);
        form.input().text(LoadField.AMPLITUDE).set("101");

        assertTrue(form.problem(LoadField.AMPLITUDE).get().startsWith("The amplitude must be 0 to the rate"));
        assertFalse(form.validProperty().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "100, , 3", "-1", "nan"})
    void aWrongRateOfTheStepsIsNamed(String rates) {
        form.input().shapeProperty().set(ShapeKind.STEPS);
        form.input().text(LoadText.RATES).set(rates);

        assertFalse(form.validProperty().get());
        assertTrue(!form.problem(LoadText.RATES).get().isEmpty() || !form.problem(LoadField.EVERY).get().isEmpty());
    }

    @Test
    void aMixWithoutSharesIsRefused() {
        form.input().text(LoadField.ADD).set("0");
        form.input().text(LoadField.QUERY).set("0");
        form.input().text(LoadField.LIST).set("0");

        assertEquals("Enter a share above 0 for at least one operation.", form.problem(LoadField.ADD).get());
    }

    @Test
    void aDatasetMustExist(@TempDir Path folder) {
        form.input().fromDatasetProperty().set(true);
        assertEquals("Choose a file with conversations or a folder of them.", form.datasetProblemProperty().get());

        form.input().datasetProperty().set(folder.resolve("none.json").toString());
        assertEquals("The file or folder does not exist. Choose another one.", form.datasetProblemProperty().get());

        form.input().datasetProperty().set(folder.toString());
        assertEquals(Optional.of(folder), form.workload().orElseThrow().dataset());
    }
}
