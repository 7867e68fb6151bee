package dev.memfuse.load.run;

import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.RunMeasurement;

/// What a run that has ended measured.
record LoadOutcome(RunMeasurement measurement) {

    LoadResult result() {
        return measurement.result();
    }

    LoadRecording recording() {
        return measurement.recording();
    }
}
