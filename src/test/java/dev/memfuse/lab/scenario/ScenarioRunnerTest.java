package dev.memfuse.lab.scenario;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.memfuse.fault.Fault;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.fault.NetworkService;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.Loads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScenarioRunnerTest {
    private static final Duration SHORT = Duration.ofMillis(600);
    private static final Workload QUERIES = Loads.open(200, 100, 2, Loads.QUERIES, SHORT);

    private final Loads loads = new Loads();
    private final NetworkService network = new NetworkService(loads.tunables, loads.hub);
    private final ScenarioRunner runner = new ScenarioRunner(loads.service, loads.tunables,
            () -> Optional.of(network));
    private final List<String> marks = new CopyOnWriteArrayList<>();

    @BeforeEach
    void follow() {
        loads.hub.onMark(mark -> {
            if (mark.text().startsWith("Fault")) {
                marks.add(mark.text());
            }
        });
    }

    @AfterEach
    void end() {
        loads.close();
        network.close();
    }

    private static Scenario scenario(List<ScenarioChange> changes, List<ScenarioFault> faults) {
        return new Scenario("", "", List.of(), Optional.of(NetworkProfile.OTHER_ZONE), QUERIES, changes, faults);
    }

    private static ScenarioFault stop(long at, long length) {
        return new ScenarioFault(Duration.ofMillis(at), Duration.ofMillis(length), new Fault(Fault.Kind.STOP));
    }

    @Test
    void changesHappenAtTheirTimesAndSettingsArePutBack() {
        boolean before = loads.tunables.get().buffer().bypassMode();
        LoadRun run = runner.start(scenario(List.of(
                new ScenarioChange.Settings(Duration.ofMillis(100),
                        Map.of("buffer.bypass_mode", Boolean.toString(!before))),
                new ScenarioChange.Load(Duration.ofMillis(200), 500),
                new ScenarioChange.Mix(Duration.ofMillis(300), new Workload.Mix(1, 1, 0))), List.of()));

        LoadResult result = Loads.result(run);

        assertEquals(500, result.arrival().target());
        assertEquals(List.of("+0.1 s: buffer.bypass_mode", "+0.2 s: load: 200.0 operations/s → 500.0 operations/s",
                "+0.3 s: mix: add 1, query 1, list 0"),
                result.changes().stream().limit(3)
                        .map(line -> line.replaceFirst(": " + before + ".*", "")).map(line -> line.replaceFirst(
                                "(bypass_mode).*", "$1"))
                        .toList());
        assertTrue(result.operations().containsKey("add"), result.operations().keySet().toString());
        await("settings put back", () -> loads.tunables.get().buffer().bypassMode() == before);
        await("network put back", () -> loads.tunables.get().network().isDirect());
    }

    @Test
    void faultsBeginAndEndInOrderAndNoneOutlastsTheMeasuredPart() {
        LoadRun run = runner.start(scenario(List.of(), List.of(stop(50, 100), stop(300, 60_000))));

        Loads.result(run);

        String refused = new Fault(Fault.Kind.STOP).describe();
        assertEquals(List.of("Fault: " + refused, "Fault ended: " + refused, "Fault: " + refused,
                "Fault ended: " + refused), marks);
        await("direct again", () -> !network.proxied());
    }

    @Test
    void theNetworkIsPutBackWhenTheLoadDoesNotStart() {
        LoadRun active = loads.service.start(Loads.closed(1, Loads.QUERIES, Duration.ZERO, Duration.ofMinutes(1)));

        assertThrows(IllegalStateException.class, () -> runner.start(scenario(List.of(), List.of())));

        assertTrue(loads.tunables.get().network().isDirect() && !network.proxied());
        active.stop();
    }

    @Test
    void theNetworkIsThatOfTheScenarioWhileItRuns() {
        LoadRun run = runner.start(scenario(List.of(), List.of()));

        assertEquals(NetworkProfile.OTHER_ZONE.config(), loads.tunables.get().network());
        assertFalse(Loads.result(run).operations().isEmpty());
    }

    @Test
    void aStopEndsTheChangesThatAreLeft() {
        LoadRun run = runner.start(Scenario.of(QUERIES.withDuration(Duration.ofMinutes(5)))
                .with(Optional.of(NetworkProfile.SAME_ZONE)));
        Loads.awaitPhase(run, LoadRun.Phase.MEASURING);

        run.stop();

        await("network put back", () -> loads.tunables.get().network().isDirect());
    }
}
