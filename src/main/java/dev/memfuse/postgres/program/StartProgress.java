package dev.memfuse.postgres.program;

/// How far the start of the embedded server has come.
///
/// @param step what happens now, one line for the user
/// @param fraction share of this step that is done, 0..1, or negative when unknown
public record StartProgress(String step, double fraction) {
    public static StartProgress of(String step) {
        return new StartProgress(step, -1);
    }
}
