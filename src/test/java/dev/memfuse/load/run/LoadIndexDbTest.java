package dev.memfuse.load.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.Stage;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A load does not measure the opening of its users' indexes.
@Tag("db")
class LoadIndexDbTest {
    private static final int USERS = 12;
    private static final Workload WORKLOAD = new Workload(USERS, new Workload.Arrival.Closed(1), Duration.ofMillis(300),
            Duration.ZERO, Loads.QUERIES, 100, 5, 42, Optional.empty());

    @Test
    void theMeasuredPartOpensNoIndex() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start("buffer.bypass_mode=true", "layers.m1.enabled=false",
                "layers.m2.enabled=false", "buffer.query.cache_size=0");
                EngineLoadService loads = new EngineLoadService(() -> Optional.of(fixture.engine()),
                        fixture.tunables(), fixture.metrics(), Map::of)) {
            LoadRun run = loads.start(WORKLOAD);
            LoadResult result = Loads.result(run);

            assertEquals(USERS, result.firstAccess().count());
            LoadResult.OperationResult queries = Objects.requireNonNull(result.operations().get("query"));
            double indexMs = Objects.requireNonNull(result.stagesMs().get(Stage.INDEX.label())) * queries.count();
            String figures = String.format(Locale.ROOT, "%d queries in %.0f ms, stage index %.1f ms in all",
                    queries.count(), result.seconds() * 1e3, indexMs);
            System.out.println(figures);
            assertTrue(indexMs < 0.1 * result.seconds() * 1e3, figures);
        }
    }
}
