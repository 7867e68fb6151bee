package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.load.Workload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Scenarios as the load of a comparison.
@Tag("timing")
class CompareCommandTest {
    private static final String SMALL = """
                                        users: 3
                                        network: other-zone
                                        arrival: {model: poisson, rate: 300}
                                        mix: {query: 1}
                                        warmup: 20ms
                                        duration: 400ms
                                        """;

    @TempDir
    private Path folder;
    private final FakeProgramServices services = new FakeProgramServices();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        services.close();
    }

    private int compare(String yaml, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("scenario.yaml"), yaml);
        List<String> arguments = new ArrayList<>(List.of("compare", "--scenario", file.toString(), "--primary",
                "query.p50", "--pairs", "6", "--recall-turns", "0"));
        arguments.addAll(List.of(more));
        return MemFuseCommand.run(services, new Terminal(new PrintWriter(out), new PrintWriter(err), false),
                arguments.toArray(String[]::new));
    }

    @Test
    void blocksRunTheLoadOfTheScenarioBehindItsNetwork() throws IOException {
        List<Duration> roundTrips = new ArrayList<>();
        services.loads.tunables.onChange(change -> roundTrips.add(change.after().network().roundTrip()));

        compare(SMALL, "--set-b", "postgres.pool_size=11");

        List<Workload> blocks = services.loads.service.runs().stream().map(run -> run.workload()).toList();
        assertEquals(12, blocks.size(), err::toString);
        assertEquals(3, blocks.getFirst().users());
        assertEquals(new Workload.Mix(0, 1, 0), blocks.getFirst().mix());
        assertEquals(Duration.ofMillis(20), blocks.getFirst().warmup().minimum());
        assertTrue(blocks.getFirst().duration().toMillis() >= 400);
        assertEquals(NetworkProfile.OTHER_ZONE.roundTrip(), roundTrips.getFirst());
        assertEquals(Duration.ZERO, roundTrips.getLast());
        assertTrue(out.toString().contains("Other zone, 2 ms"), out.toString());
    }

    @Test
    void optionsOverrideTheScenario() throws IOException {
        compare(SMALL, "--users", "2", "--seed", "7", "--set-b", "postgres.pool_size=11");

        Workload block = services.loads.service.runs().getFirst().workload();
        assertEquals(2, block.users());
        assertEquals(8, block.seed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "changes: [{at: 10ms, set: {postgres.pool_size: 5}}]|The scenario has 1 change while its load runs",
            "changes: [{at: 10ms, rate: 5}, {at: 20ms, rate: 9}]|The scenario has 2 changes while its load runs",
            "faults: [{at: 10ms, kind: reset}]|The scenario has 1 fault of the network",
            "profiles: [a, b, c]|The scenario has 3 profiles (a, b, c), but a comparison has two arms"})
    void saysWhatOfAScenarioCannotBeCompared(String line, String sentence) throws IOException {
        assertEquals(2, compare(SMALL + line));

        assertTrue(err.toString().contains(sentence), err.toString());
        assertEquals(List.of(), services.loads.service.runs());
    }

    @Test
    void thresholdsThatTheReferenceMissesDoNotForbidABetterCandidate() throws IOException {
        // Every block of both arms misses it: only those of the candidate count.
        String closed = SMALL.replace("{model: poisson, rate: 300}", "{model: closed, concurrency: 2}");
        compare(closed + "thresholds: [query.p50 < 0.0001 ms]", "--set-b", "postgres.pool_size=11");

        assertTrue(out.toString().contains("6 of 6 blocks of arm B are not valid: Missed the threshold"),
                out.toString());
        assertFalse(out.toString().contains("blocks of arm A are not valid"), out.toString());
    }
}
