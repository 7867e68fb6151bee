package dev.memfuse.lab.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.memfuse.config.ConfigException;
import dev.memfuse.fault.Fault;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.Workload.Content;
import dev.memfuse.load.Workload.MessageSize;
import dev.memfuse.load.Workload.Mix;
import dev.memfuse.load.Workload.Warmup;
import dev.memfuse.load.report.TimelineCsv;
import dev.memfuse.load.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenarioFileTest {
    @TempDir
    private static Path folder;

    private static Scenario parse(String yaml) {
        return ScenarioFile.parse("s.yaml", yaml, folder);
    }

    private static String problem(String yaml) {
        return String.valueOf(assertThrows(ConfigException.class, () -> parse(yaml)).getMessage());
    }

    @Test
    void readsEveryField() {
        Scenario scenario = parse("""
                                  name: "Busy: Monday"
                                  description: two lines
                                  profiles: [legacy, optimized]
                                  network: other-zone
                                  users: 7
                                  seed: -3
                                  arrival: {model: constant, rate: 12.5, max_in_flight: 9}
                                  shape: {kind: spike, peak: 99, at: 2s, for: 500ms}
                                  mix: {add: 1, query: 2.5}
                                  messages: {per_add: 3, size: 10..20}
                                  top_k: 4
                                  warmup: {minimum: 1s, maximum: 1m30s}
                                  duration: 30
                                  thresholds:
                                    - query.p99 < 20 ms
                                    - errors < 0.1 %
                                  changes:
                                    - {at: 9s, rate: 30}
                                    - at: 5s
                                      set: {buffer.bypass_mode: true, queries.consolidated: false}
                                      mix: {list: 1}
                                  faults:
                                    - {at: 3s, kind: latency, for: 1s, delay: 20ms}
                                  """);

        assertEquals(new Scenario("Busy: Monday", "two lines", List.of("legacy", "optimized"),
                Optional.of(NetworkProfile.OTHER_ZONE),
                new Workload(7,
                        new Arrival.Open(ArrivalProcess.CONSTANT,
                                new Shape.Spike(12.5, 99, Duration.ofSeconds(2), Duration.ofMillis(500)), 9),
                        Duration.ofSeconds(30), new Warmup(Duration.ofSeconds(1), Duration.ofSeconds(90)),
                        new Mix(1, 2.5, 0),
                        new Content(3, 4, Optional.empty(), Optional.of(new MessageSize(10, 20))), -3,
                        List.of(Threshold.parse("query.p99 < 20 ms"), Threshold.parse("errors < 0.1 %"))),
                List.of(new ScenarioChange.Settings(Duration.ofSeconds(5),
                        Map.of("buffer.bypass_mode", "true", "queries.consolidated", "false")),
                        new ScenarioChange.Mix(Duration.ofSeconds(5), new Mix(0, 0, 1)),
                        new ScenarioChange.Load(Duration.ofSeconds(9), 30)),
                List.of(new ScenarioFault(Duration.ofSeconds(3), Duration.ofSeconds(1),
                        new Fault(Fault.Kind.LATENCY, Duration.ofMillis(20), 0)))),
                scenario);
    }

    @Test
    void anOpenLoadIsTheDefault() {
        assertEquals(new Arrival.Open(100, 256), parse("users: 3").workload().arrival());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        usres: 3                                | s.yaml:1:1: usres: unknown key; did you mean users?
                        arrival: {modle: closed}                | s.yaml:1:11: arrival.modle: unknown key; did you mean model?
                        arrival: {model: poison}                | s.yaml:1:18: arrival.model: expected one of poisson, constant, closed, found 'poison'; did you mean poisson?
                        users: many                             | s.yaml:1:8: users: expected a whole number from 1 to 10,000, found 'many'
                        users:                                  | s.yaml:1:7: users: expected a whole number from 1 to 10,000, found nothing
                        users: 0                                | s.yaml:1:8: users: expected a whole number from 1 to 10,000, found '0'
                        duration: soon                          | s.yaml:1:11: duration: expected a time such as 20s, 500ms or 2m, found 'soon'
                        duration: 25h                           | s.yaml:1:11: duration: The duration must be more than 0 and at most 24 hours.
                        warmup: {minimum: 9s, maximum: 3s}      | s.yaml:1:32: warmup.maximum: The longest warm-up must not be shorter than the shortest.
                        arrival: {rate: .nan}                   | s.yaml:1:17: arrival.rate: expected a number, found '.nan'
                        arrival: {rate: 0}                      | s.yaml:1:17: arrival.rate: The rate must be 0.001 to 1,000,000 per second.
                        mix: {add: -1}                          | s.yaml:1:6: mix: The mix needs shares of 0 or more, and at least one above 0.
                        network: mars                           | s.yaml:1:10: network: expected one of local, same-zone, other-zone, other-region, found 'mars'
                        thresholds: [query.p98 < 3]             | s.yaml:1:13: thresholds: "query.p98 < 3" has the unknown figure "p98"
                        thresholds: {p99: 3}                    | s.yaml:1:13: thresholds: expected a list
                        changes: [{set: {a: 1}}]                | changes[1].at: the time is missing; give at, for instance at: 20s
                        changes: [{at: 99s, rate: 3}]           | s.yaml:1:16: changes[1].at: the time is not within the duration of 20s
                        changes: [{at: 9s}]                     | s.yaml:1:16: changes[1].at: nothing is changed
                        changes: [{at: 9s, set: {buffer.bypas_mode: true}}]| changes[1].set.buffer.bypas_mode: unknown setting; did you mean buffer.bypass_mode?
                        changes: [{at: 9s, set: {postgres.url: x}}]| changes[1].set.postgres.url: the setting takes effect at the next start only
                        changes: [{at: 9s, rate: 0}]            | changes[1]: The rate must be 0.001 to 1,000,000 per second.
                        faults: [{at: 9s, kind: flood}]         | faults[1].kind: expected one of latency, bandwidth, reset, black_hole, stop, found 'flood'
                        faults: [{at: 9s, kind: stop}]          | faults[1].for: the length of the fault is missing
                        faults: [{at: 9s, kind: reset, for: 3s}]| faults[1].for: a reset takes no time
                        shape: {kind: replay, recording: none}  | shape.recording: there is no recording or report
                        dataset: none.json                      | none.json does not exist
                        messages: {size: 9..3}                  | messages.size: The size of a message must be 1 to 10,000 characters
                        messages: {size: big}                   | messages.size: expected a number of characters such as 400
                        {arrival: {model: closed}, shape: {kind: sine}}| shape: a closed load has no rate
                        {arrival: {model: closed, rate: 5}}     | arrival.rate: a closed load has none
                        {arrival: {rate: 5}, shape: {kind: ramp}}| arrival.rate: the shape ramp has its own rates
                        shape: {kind: sine, amplitude: 200}     | shape.amplitude: The amplitude must be 0 to the rate
                        users: [1, 2                            | not valid YAML
                        users: 1\tusers: 2                      | not valid YAML
                        """)
    void namesThePlaceOfEachProblem(String yaml, String expected) {
        String message = problem(yaml.strip());

        assertTrue(message.contains(expected.strip()), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"generator: [process]", "users: {a: 1}", "duration: [5s]", "top_k: []",
            "arrival: {rate: [1]}"})
    void aValueOfTheWrongFormIsOneProblem(String yaml) {
        assertEquals(1, assertThrows(ConfigException.class, () -> parse(yaml)).problems().size());
    }

    /// Each second of a load checks all of them.
    @Test
    void tooManyThresholdsAreRefused() {
        String yaml = "thresholds:\n" + "  - errors < 1\n".repeat(1_001);

        assertTrue(assertThrows(ConfigException.class, () -> parse(yaml)).problems().getFirst().message()
                .contains("at most 1,000 thresholds"));
    }

    @Test
    void reportsAllProblemsTogether() {
        assertEquals(4, problem("usres: 3\nduration: x\nmix: {adds: 1}\nchanges: [3]").split("\n").length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"users: 1\nusers: 2", "- 1", "", "a: &x 1\nusers: *x", "users: 1\n---\nusers: 2"})
    void refusesWhatIsNoSectionOfDistinctKeys(String yaml) {
        assertThrows(ConfigException.class, () -> parse(yaml));
    }

    /// Returns a second with this throughput, one error and two dropped operations.
    private static Point point(double seconds, boolean warmup, double throughput) {
        return new Point(seconds, Instant.EPOCH, warmup, 3, throughput, 1, 2, 1, 1, 1, 1, Double.NaN, 0, 10);
    }

    static Stream<Scenario> scenarios() throws IOException {
        Path timeline = Files.write(folder.resolve("timeline.csv"),
                TimelineCsv.lines(List.of(point(1, true, 5), point(2, false, 5), point(3, false, -3))));
        Workload base = ScenarioDefaults.WORKLOAD;
        List<Scenario> all = new ArrayList<>();
        Stream.of(new Shape.Steady(0.1 + 0.2), new Shape.Ramp(0, 1e-3, Duration.ofNanos(1)),
                new Shape.Steps(List.of(0.5, 3.0), Duration.ofHours(2)),
                new Shape.Sine(1e6, 3e5, Duration.ofMinutes(3)), RecordedArrivals.read(timeline, 0.7),
                RecordedArrivals.read(folder, 1))
                .forEach(shape -> all
                        .add(Scenario.of(base.withArrival(new Arrival.Open(ArrivalProcess.CONSTANT, shape, 3)))));
        all.add(Scenario.of(base.withGenerator(Workload.GeneratorPlace.PROCESS)));
        all.add(Scenario.of(base.withArrival(new Arrival.Closed(3, Duration.ofMillis(1_500)))));
        all.add(Scenario.of(base.withWarmup(Warmup.AUTO).withDuration(Duration.ofMillis(86_399_999))));
        all.add(new Scenario("a: 'b' \"c\" \\ # \t é \u2028", "line\nline\n", List.of("no"),
                Optional.of(NetworkProfile.OTHER_REGION),
                base.withThresholds(List.of(Threshold.parse("add.max<=1s"))),
                List.of(new ScenarioChange.Settings(Duration.ZERO, Map.of("buffer.bypass_mode", "true")),
                        new ScenarioChange.Load(Duration.ofSeconds(3), 0.25),
                        new ScenarioChange.Mix(Duration.ofSeconds(4), new Mix(0, 0, 0.1))),
                List.of(new ScenarioFault(Duration.ZERO, Duration.ofSeconds(1),
                        new Fault(Fault.Kind.BANDWIDTH, Duration.ZERO, 65_536)),
                        new ScenarioFault(Duration.ofSeconds(1), Duration.ZERO, new Fault(Fault.Kind.RESET)))));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void readsBackWhatItWrote(Scenario scenario) {
        assertEquals(scenario, parse(ScenarioYaml.write(scenario)), () -> ScenarioYaml.write(scenario));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "steady", "spike", "soak", "outage"})
    void theSamplesAreValidAndNamed(String name) {
        Scenario scenario = ScenarioFile.read(Path.of("sample-configs/scenarios", name + ".yaml"));

        assertEquals(name, scenario.name().toLowerCase(Locale.ROOT));
        assertTrue(!scenario.workload().thresholds().isEmpty(), "thresholds");
        assertEquals(scenario, parse(ScenarioYaml.write(scenario)));
    }

    @Test
    void pathsReferToTheFolderOfTheFile() throws IOException {
        Files.writeString(folder.resolve("chat.jsonl"), "{}");
        Path file = Files.writeString(folder.resolve("with-data.yaml"), "dataset: chat.jsonl");

        assertEquals(Optional.of(folder.resolve("chat.jsonl")), ScenarioFile.read(file).workload().dataset());
    }

    @Test
    void aReplayTakesTheMeasuredSecondsOfATimeline() throws IOException {
        scenarios();

        Shape.Replay replay = RecordedArrivals.read(folder, 1);

        assertEquals(List.of(8.0, 0.0), replay.perSecond());
    }
}
