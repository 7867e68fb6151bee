package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.ExtractionStatus.LayerBacklog;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.load.run.FakeEngine;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.Test;

class ExtractionWatchTest {
    private final FakeEngine engine = new FakeEngine();
    private final List<Integer> reported = new ArrayList<>();
    private static final Instant NOW = Instant.parse("2026-11-27T04:00:00Z");

    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private final List<LiveExtraction> states = new ArrayList<>();
    private Optional<MemoryEngine> running = Optional.of(engine);
    private final ExtractionWatch watch = new ExtractionWatch(() -> running, new DirectTaskRunner(), hub,
            Clock.fixed(NOW, ZoneOffset.UTC),
            _ -> 0.5, state -> {
                reported.add(state.failed());
                states.add(state);
            });

    @Test
    void reportsTheFailedItemsOfAllLayers() {
        engine.extraction = () -> new ExtractionStatus(
                Map.of(DerivedLayer.M1, new LayerBacklog(5, 1, Optional.empty(), 2),
                        DerivedLayer.M2, new LayerBacklog(0, 0, Optional.empty(), 1)),
                List.of());

        watch.poll();

        assertEquals(List.of(3), reported);
    }

    @Test
    void pollsAgainAfterAFailedQuery() {
        engine.extraction = () -> {
            throw new EngineException("The database does not answer.");
        };
        watch.poll();
        engine.extraction = () -> new ExtractionStatus(
                Map.of(DerivedLayer.M1, new LayerBacklog(0, 0, Optional.empty(), 4)),
                List.of());

        watch.poll();

        assertEquals(List.of(4), reported);
    }

    @Test
    void reportsNothingWithoutAnEngine() {
        running = Optional.empty();

        watch.poll();

        assertEquals(List.of(), reported);
    }

    @Test
    void reportsTheAgeOfTheOldestRoundAndTheRateSinceTheLastQuery() {
        engine.extraction = () -> new ExtractionStatus(
                Map.of(DerivedLayer.M1, new LayerBacklog(5, 1, Optional.of(NOW.minusSeconds(9)), 0),
                        DerivedLayer.M2, new LayerBacklog(5, 1, Optional.of(NOW.minusSeconds(30)), 0)),
                List.of());
        hub.extraction().built("M1", ExtractionStats.Maker.MODEL, 2, "");
        watch.poll();
        hub.extraction().built("M2", ExtractionStats.Maker.RULES, 2, "");
        watch.poll();

        assertEquals(List.of(30.0, 30.0), states.stream().map(LiveExtraction::oldestSeconds).toList());
        assertEquals(0, states.getFirst().perSecond());
        assertTrue(states.getLast().perSecond() > 0, states.toString());
        assertEquals(0.5, states.getLast().counts().modelShare());
    }
}
