package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.Test;

class ExtractionWatchTest {
    private final FakeEngine engine = new FakeEngine();
    private final List<Integer> reported = new ArrayList<>();
    private Optional<MemoryEngine> running = Optional.of(engine);
    private final ExtractionWatch watch = new ExtractionWatch(() -> running, new DirectTaskRunner(), reported::add);

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
}
