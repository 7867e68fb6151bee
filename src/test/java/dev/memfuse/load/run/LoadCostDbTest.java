package dev.memfuse.load.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.memfuse.load.CostFigure;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.report.LoadSummary;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The result of a load says what an operation cost beside its time.
@Tag("db")
class LoadCostDbTest {
    private static final int BATCH = 10;
    private static final Workload ADDS = new Workload(2, new Workload.Arrival.Closed(1), Duration.ofMillis(500),
            Duration.ZERO, new Workload.Mix(1, 0, 0), BATCH, 5, 42, Optional.empty());

    private static double cost(LoadResult result, CostFigure figure) {
        return Objects.requireNonNull(result.costPerOperation().get(figure.column()), figure.column());
    }

    @Test
    void separateStatementsCostSeveralTimesThoseOfAConsolidatedAdd() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start("buffer.bypass_mode=true", "layers.m1.enabled=false",
                "layers.m2.enabled=false");
                EngineLoadService loads = new EngineLoadService(() -> Optional.of(fixture.engine()),
                        fixture.tunables(), fixture.metrics(), Map::of)) {
            LoadRun run = loads.start(ADDS);
            LoadResult consolidated = Loads.result(run);
            fixture.set("queries.consolidated=false");
            LoadResult separate = Loads.result(loads.start(ADDS));

            assertTrue(cost(consolidated, CostFigure.STATEMENTS) >= 1, consolidated.toString());
            assertTrue(cost(separate, CostFigure.STATEMENTS) > 10 * cost(consolidated, CostFigure.STATEMENTS),
                    separate.costPerOperation() + " against " + consolidated.costPerOperation());
            assertTrue(cost(separate, CostFigure.ROUND_TRIPS) > 2 * cost(consolidated, CostFigure.ROUND_TRIPS));
            assertTrue(cost(consolidated, CostFigure.WAL) > 0);
            assertEquals(0, cost(consolidated, CostFigure.LANGUAGE_CALLS));
            LoadReport report = new LoadReport(ADDS, consolidated, run.recording());
            assertTrue(String.join("\n", LoadSummary.lines(report)).contains("Cost per operation: processor "));
            assertEquals(consolidated.costPerOperation(),
                    ResultJson.read(ResultJson.of(report)).costPerOperation());
        }
    }
}
