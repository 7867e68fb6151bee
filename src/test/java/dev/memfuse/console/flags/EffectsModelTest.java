package dev.memfuse.console.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.console.flags.EffectsModel.State;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.lab.effect.MeasuredEffect;
import dev.memfuse.lab.effect.MeasuredEffect.Validity;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.load.recording.RecordingKind;
import org.junit.jupiter.api.Test;

class EffectsModelTest {
    private static final String BYPASS = "buffer.bypass_mode";
    private static final Instant NOW = Instant.parse("2026-11-27T14:02:00Z");
    private final LateTaskRunner tasks = new LateTaskRunner();
    private Map<String, MeasuredEffect> recorded = Map.of();

    private EffectsModel model() {
        return model(() -> recorded);
    }

    private EffectsModel model(Callable<Map<String, MeasuredEffect>> read) {
        return new EffectsModel(tasks, read, () -> NOW);
    }

    private static MeasuredEffect effect(Validity validity) {
        return new MeasuredEffect("id", RecordingKind.COMPARISON, NOW.minusSeconds(7200), BYPASS, "false", "true",
                List.of(), "add.p50", false, new RatioEstimate(2.2, 2, 2.4, 0.01, "test", 10, Decision.WORSE, 0),
                validity);
    }

    private static State state(EffectsModel model) {
        return model.of(BYPASS).get().state();
    }

    @Test
    void saysThatItReadsUntilTheRecordingsAreRead() {
        EffectsModel model = model();
        assertEquals(State.READING, state(model));

        model.visible(true);
        assertEquals(State.READING, state(model));
        tasks.runAll();

        assertEquals(State.NONE, state(model));
        assertEquals("Not measured yet", model.of(BYPASS).get().text());
    }

    @Test
    void showsTheEffectWithItsAge() {
        recorded = Map.of(BYPASS, effect(Validity.CURRENT));
        EffectsModel model = model();
        state(model);
        model.visible(true);
        tasks.runAll();

        assertEquals(State.CURRENT, state(model));
        assertEquals("true instead of false: add p50 2.2x worse [2.0, 2.4], 2 hours ago",
                model.of(BYPASS).get().text());
    }

    @Test
    void whatWasMeasuredElsewhereIsStale() {
        recorded = Map.of(BYPASS, effect(Validity.OTHER_MACHINE));
        EffectsModel model = model();
        state(model);
        model.visible(true);
        tasks.runAll();

        assertEquals(State.STALE, state(model));
        assertTrue(model.of(BYPASS).get().text().endsWith("measured on another machine"));
    }

    @Test
    void recordingsThatCannotBeReadAreASentence() {
        EffectsModel model = model(() -> {
            throw new UncheckedIOException("The folder cannot be read.", new IOException("denied"));
        });
        state(model);
        model.visible(true);
        tasks.runAll();

        assertEquals(State.FAILED, state(model));
        assertEquals("The folder cannot be read.", model.of(BYPASS).get().text());
    }

    @Test
    void oneReadingRunsAtATimeAndTheNewestRecordingsCount() {
        EffectsModel model = model();
        state(model);
        model.visible(true);
        model.reload();
        model.reload();
        assertEquals(1, tasks.waiting());
        tasks.runOldest();
        recorded = Map.of(BYPASS, effect(Validity.CURRENT));
        assertEquals(1, tasks.waiting());
        tasks.runAll();

        assertEquals(State.CURRENT, state(model));
    }

    @Test
    void nothingIsReadWhileThePageIsHidden() {
        EffectsModel model = model();
        model.visible(false);

        assertEquals(0, tasks.waiting());
    }
}
