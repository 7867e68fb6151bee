package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.Locale;

import dev.memfuse.config.section.LayersConfig;
import dev.memfuse.config.section.WhenFull;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.extraction.Extraction;

/// Slows or refuses adds while too many rounds wait for their layers, when `layers.max_backlog` is set. Thread-safe.
///
/// @param extraction the work list
record LayerBackpressure(Extraction extraction) {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /// Waits for a place in the work list or refuses the add. Returns at once without a bound.
    ///
    /// @throws EngineException when the add is refused
    void admit(LayersConfig layers) {
        int bound = layers.maxBacklog();
        if (bound == 0 || (!layers.m1().enabled() && !layers.m2().enabled()) || extraction.backlog() < bound) {
            return;
        }
        if (layers.whenFull() == WhenFull.REFUSE) {
            throw new EngineException(String.format(Locale.ROOT, "%,d rounds wait for their layers; "
                    + "layers.max_backlog allows %,d. Add the messages later.", extraction.backlog(), bound));
        }
        try {
            boolean _ = extraction.awaitBacklogBelow(bound, LONGEST_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("The add was interrupted.", "", e);
        }
    }
}
