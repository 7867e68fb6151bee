package dev.memfuse.lab.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.run.EngineLoadService;
import dev.memfuse.load.run.Loads;
import dev.memfuse.metrics.Sampler;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("db")
class ScorecardDbTest {
    private static final ScorecardPlan ONE_ROUND = new ScorecardPlan(List.of(NetworkProfile.LOCAL), 1, 7);

    private EngineFixture fixture;
    private Sampler sampler;
    private Scorecards scorecards;
    private EngineLoadService loads;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start();
        sampler = new Sampler(fixture.metrics(), () -> 10, _ -> {}, Clock.systemUTC());
        loads = new EngineLoadService(() -> Optional.of(fixture.engine()), fixture.tunables(), fixture.metrics(),
                Map::of);
        scorecards = new Scorecards(new Scorecards.Environment(() -> Optional.of(fixture.engine()), fixture.tunables(),
                fixture.metrics(),
                () -> new Arms(new FileProfiles(Path.of("no-such-folder")), fixture.tunables().get()), loads));
    }

    @AfterEach
    void close() {
        scorecards.close();
        loads.close();
        sampler.close();
        fixture.close();
    }

    private static ScorecardResult result(ScorecardRun run) {
        return run.result().orTimeout(120, TimeUnit.SECONDS).join();
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGACY", "PHASE3"})
    void aBlockMeasuresEveryFigureAndRemovesItsUsers(Phase phase) throws Exception {
        fixture.tunables().apply("test", _ -> new Arms(new FileProfiles(Path.of("no-such-folder")),
                fixture.tunables().get()).arm(Optional.of(phase.profile()), List.of()).config());

        PhaseBlock block = new BlockRunner(fixture.engine(), fixture.metrics()).run(NetworkProfile.LOCAL, 1, phase, 7);

        EnumSet<Figure> missing = EnumSet.allOf(Figure.class);
        missing.removeAll(block.figures().keySet());
        missing.remove(Figure.MEMORY);
        assertEquals(EnumSet.noneOf(Figure.class), missing);
        assertEquals(PlanStep.values().length, block.stages().size());
        double access = block.figures().getOrDefault(Figure.SCRIPT_FIRST_ACCESS, 0.0);
        assertTrue(phase == Phase.LEGACY ? access > 20 : access < 20, access + " ms");
        assertEquals(0, fixture.count("SELECT count(*) FROM users"));
        assertEquals(0, fixture.count("SELECT count(*) FROM messages"));
    }

    @Test
    void aScorecardThatIsStoppedRestoresTheSettings() {
        MemFuseConfig before = fixture.tunables().get();
        ScorecardRun run = scorecards.start(ONE_ROUND);
        assertThrows(IllegalStateException.class, () -> scorecards.start(ONE_ROUND));

        run.stop();

        assertTrue(result(run).cancelled());
        assertEquals(before, fixture.tunables().get());
        assertTrue(scorecards.current().isEmpty());
    }

    @Test
    void nobodyElseChangesASettingMeanwhile() {
        MemFuseConfig before = fixture.tunables().get();
        ScorecardRun run = scorecards.start(ONE_ROUND);
        EngineFixture.await("the first block", () -> !run.progress().current().isEmpty());

        ConfigException refused = assertThrows(ConfigException.class, () -> fixture.set("retrieval.fusion=rrf"));
        run.stop();
        result(run);

        assertEquals(
                "retrieval.fusion: A scorecard is running and sets the settings itself. Stop it or wait for its end.",
                refused.getMessage());
        assertEquals(before, fixture.tunables().get());
    }

    @Test
    void otherWorkKeepsAScorecardFromStarting() {
        try (LoadReservation _ = loads.reserve("comparison")) {
            assertEquals("A comparison is running. Stop it or wait for its end.",
                    assertThrows(IllegalStateException.class, () -> scorecards.start(ONE_ROUND)).getMessage());
        }
    }

    @Test
    void aScorecardKeepsOtherWorkFromStarting() {
        ScorecardRun run = scorecards.start(ONE_ROUND);

        assertEquals("A scorecard is running. Stop it or wait for its end.",
                assertThrows(IllegalStateException.class, () -> loads.start(Loads.closed(1, Loads.ADDS, Duration.ZERO,
                        Duration.ofSeconds(1)))).getMessage());
        run.stop();
        result(run);
        loads.reserve("comparison").close();
    }
}
