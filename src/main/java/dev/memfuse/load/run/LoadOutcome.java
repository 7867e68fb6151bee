package dev.memfuse.load.run;

import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;

/// The result and the recording of a run that has ended.
record LoadOutcome(LoadResult result, LoadRecording recording) {}
