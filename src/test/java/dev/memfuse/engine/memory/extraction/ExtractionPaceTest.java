package dev.memfuse.engine.memory.extraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.memory.layer.LayerTask;
import dev.memfuse.engine.spi.WorkItem;
import org.junit.jupiter.api.Test;

class ExtractionPaceTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final MemoryServiceConfig SEQUENTIAL = config("false");
    private static final MemoryServiceConfig PARALLEL = config("true");

    private boolean model;
    private boolean querying;
    private boolean calling;
    private final ExtractionPace pace = new ExtractionPace(new LayerTask() {
        @Override
        public void build(WorkItem item) {
            throw new AssertionError("Nothing is built.");
        }

        @Override
        public boolean usesModel() {
            return model;
        }
    }, new Callers(() -> querying, () -> calling));

    private static MemoryServiceConfig config(String parallel) {
        return new ConfigLoader().withOverrides(List.of("memory_service.parallel_enabled=" + parallel,
                "memory_service.max_concurrent_layers=7")).load().memoryService();
    }

    @Test
    void withoutCallersMoreLayersThanProcessorsAreBuilt() {
        assertTrue(pace.limit(SEQUENTIAL) > PROCESSORS);
    }

    @Test
    void aProcessorIsLeftToCallers() {
        calling = true;

        assertEquals(Math.max(1, PROCESSORS - 1), pace.limit(SEQUENTIAL));
    }

    @Test
    void queriesLeaveOneLayerInEitherMode() {
        querying = true;

        assertEquals(1, pace.limit(SEQUENTIAL));
        assertEquals(1, pace.limit(PARALLEL));
    }

    @Test
    void aLanguageModelBuildsOneLayerAtATime() {
        model = true;

        assertEquals(1, pace.limit(SEQUENTIAL));
    }

    @Test
    void parallelModeBuildsTheConfiguredNumberWithAndWithoutCallers() {
        assertEquals(7, pace.limit(PARALLEL));
        calling = true;
        assertEquals(7, pace.limit(PARALLEL));
        model = true;
        querying = true;
        assertEquals(7, pace.limit(PARALLEL));
    }
}
