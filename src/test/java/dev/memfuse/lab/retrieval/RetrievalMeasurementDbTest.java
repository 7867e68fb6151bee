package dev.memfuse.lab.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.memfuse.metrics.RetrievalQuality;
import dev.memfuse.progress.Progress;
import dev.memfuse.store.DatabaseSize;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class RetrievalMeasurementDbTest {
    private static final RetrievalMeasurement.Options OPTIONS = RetrievalMeasurement.Options.of(10, 20);

    private final List<String> steps = new ArrayList<>();
    private EngineFixture fixture;
    private RetrievalMeasurement measurement;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("layers.m1.enabled=true");
        measurement = new RetrievalMeasurement(fixture.engine(), new MeasurementContext(
                () -> new DatabaseSize(fixture.database()).bytes(), () -> fixture.metrics().buffered().extraction(),
                Map.of("database", "test"), fixture.metrics()::retrievalMeasured));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void note(Progress progress) {
        assertTrue(progress.done() <= progress.total(), progress::toString);
        if (!steps.contains(progress.phase())) {
            steps.add(progress.phase());
        }
    }

    @Test
    void findsThePlantedEvidenceAndDeletesItsUsers() throws SQLException {
        RetrievalReport report = measurement.run(RetrievalDataset.of("generated:300"), OPTIONS, this::note);

        assertTrue(report.complete());
        assertEquals(48, report.overall().questions());
        assertEquals(List.of("extraction", "multi-session", "temporal", "update"),
                List.copyOf(report.categories().keySet()));
        assertTrue(report.overall().recall().getOrDefault(20, 0.0) > 0.8, report.overall().toString());
        RetrievalQuality quality = fixture.metrics().retrieval().orElseThrow();
        assertEquals(new RetrievalQuality(48, report.overall().recall(), report.overall().mrr()), quality);
        assertEquals(12, report.abstention().questions());
        assertEquals(300, report.ingest().turns());
        assertTrue(report.ingest().bytesPerTurn() > report.ingest().textBytesPerTurn(), report.ingest().toString());
        assertTrue(report.latencyMs().keySet().containsAll(List.of("total", "embed", "sql", "fuse")),
                report.latencyMs().toString());
        assertEquals("test", report.environment().get("database"));
        assertEquals(List.of("Adding", "Embedding", "Asking"),
                steps.contains("Embedding") ? steps : List.of(steps.getFirst(), "Embedding", steps.getLast()));
        assertEquals(0, fixture.count("SELECT count(*) FROM users"));
        assertEquals(0, fixture.count("SELECT count(*) FROM messages"));
    }

    @Test
    void aStoppedMeasurementReportsItsResultsSoFar() throws SQLException {
        RetrievalReport report = measurement.run(RetrievalDataset.of("generated:300"), OPTIONS, progress -> {
            if (progress.phase().equals("Asking") && progress.done() == 10) {
                measurement.stop();
            }
        });

        assertFalse(report.complete());
        assertEquals(10, report.overall().questions() + report.abstention().questions());
        assertEquals(0, fixture.count("SELECT count(*) FROM users"));
    }

    @Test
    void countsQuestionsThatCannotBeScored() {
        RetrievalReport report = measurement.run(RetrievalDataset.of("src/test/resources/locomo/tiny.json"), OPTIONS,
                this::note);

        assertEquals(2, report.overall().questions());
        assertEquals(new RetrievalReport.LeftOut(1, 0), report.leftOut());
        assertEquals(1.0, report.overall().recall().getOrDefault(20, 0.0), 1e-9);
    }
}
