package dev.memfuse.load.recording;

import java.time.Instant;
import java.util.List;

/// A recording that is to be written.
///
/// @param kind what was run
/// @param name one line for people
/// @param startedAt start of the measured part
/// @param endedAt end of the run
/// @param seed seed of all random numbers
/// @param outcome verdict in one word
/// @param sentence verdict in one sentence
/// @param figures main figures, in display order
/// @param files every file but the manifest
public record NewRecording(RecordingKind kind, String name, Instant startedAt, Instant endedAt, long seed,
        String outcome, String sentence, List<Figure> figures, List<RecordingFile> files) {}
