package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.pool.SamplePools;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.pool.ConnectionPools;
import dev.memfuse.metrics.pool.WaitProfile;
import org.junit.jupiter.api.Test;

class WaitsModelTest {
    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private final WaitsModel model = new WaitsModel(hub, new DirectTaskRunner());

    @Test
    void withoutAPoolItSaysWhenThereWillBeOne() {
        model.sample();

        assertEquals(List.of(), model.rows());
        assertEquals("The pool opens when the engine first uses the database.", model.noteProperty().get());
    }

    @Test
    void showsTheConnectionsByStageAndWait() {
        hub.connectionPools(new SamplePools());

        model.sample();

        assertEquals(List.of("extract embed not known", "query sql IO: DataFileRead"), model.rows().stream()
                .map(WaitProfile.Row::place)
                .map(place -> place.operation() + " " + place.stage() + " " + place.server()).sorted().toList());
        assertEquals("Mean number of connections over the last minute; 1 sample.", model.noteProperty().get());
    }

    @Test
    void theKindsOfWaitsAddUpOverTime() {
        hub.connectionPools(new SamplePools());

        model.sample();
        model.sample();

        assertEquals(1, model.course().size(), "two samples of one moment");
        List<Double> values = new ArrayList<>();
        for (int kind = 0; kind < model.course().series(); kind++) {
            values.add(model.course().value(kind, 0));
        }
        assertEquals(List.of(2.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0), values);
    }

    @Test
    void aServerThatDoesNotAnswerIsSaidAndAskedAgain() {
        List<Integer> asked = new ArrayList<>();
        SamplePools sample = new SamplePools();
        hub.connectionPools(new ConnectionPools() {
            @Override
            public List<Pool> pools() {
                return sample.pools();
            }

            @Override
            public Snapshot snapshot() {
                asked.add(1);
                if (asked.size() == 1) {
                    throw new EngineException("The server does not answer.");
                }
                return asked.size() == 2
                        ? new Snapshot(Instant.EPOCH, pools(), List.of(), "")
                        : new Snapshot(Instant.EPOCH, pools(), sample.snapshot().leases(),
                                "The server does not say what its processes do: no right");
            }
        });

        model.sample();
        assertEquals("The server does not answer.", model.noteProperty().get());
        model.sample();
        assertEquals("No connection is in use. Operations that hold no connection have no row.",
                model.noteProperty().get());
        model.sample();
        assertEquals("The server does not say what its processes do: no right", model.noteProperty().get());
        assertEquals(2, model.rows().size());
    }
}
