package dev.memfuse.load.recording;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes recordings within a size. A failure is a warning: no run fails because it was not recorded. Thread-safe.
public final class Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final Recordings recordings;
    private final LongSupplier limitBytes;
    private volatile Optional<Outcome> last = Optional.empty();

    /// The outcome of the last attempt.
    ///
    /// @param id id of the recording; empty when it was not written
    /// @param sentence what was done, for the user
    public record Outcome(Optional<String> id, String sentence) {}

    /// @param limitBytes returns the maximum size of all recordings; 0 records nothing
    public Recorder(Recordings recordings, LongSupplier limitBytes) {
        this.recordings = recordings;
        this.limitBytes = limitBytes;
    }

    /// Writes a recording. Blocks.
    ///
    /// @param recording makes the recording
    public void record(Supplier<NewRecording> recording) {
        try {
            long limit = limitBytes.getAsLong();
            if (limit <= 0) {
                last = Optional.empty();
                return;
            }
            Manifest manifest = recordings.add(recording.get(), limit);
            last = Optional.of(new Outcome(Optional.of(manifest.id()),
                    "Recorded as " + manifest.id() + "; 'history show " + manifest.id() + "' shows it."));
            LOG.info("Recording: {} written", manifest.id());
        } catch (RuntimeException e) {
            last = Optional.of(new Outcome(Optional.empty(), "The run was not recorded. " + e.getMessage()));
            LOG.warn("Recording: the run was not recorded. {}", e.getMessage(), e);
        } catch (Error e) {
            last = Optional.of(new Outcome(Optional.empty(), "The run was not recorded: " + e));
            BackgroundHealth.report("recording", e);
        }
    }

    /// Returns the outcome of the last attempt; empty before the first, or when nothing is recorded.
    public Optional<Outcome> last() {
        return last;
    }
}
