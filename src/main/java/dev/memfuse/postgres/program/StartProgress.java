package dev.memfuse.postgres.program;

/// Progress of the start of the embedded server.
///
/// @param step current step, one line for the user
/// @param fraction completed fraction of this step, 0..1; negative when unknown
public record StartProgress(String step, double fraction) {
    /// Returns the beginning of a step of unknown length.
    public static StartProgress of(String step) {
        return new StartProgress(step, -1);
    }
}
