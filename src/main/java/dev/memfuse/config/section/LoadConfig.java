package dev.memfuse.config.section;

/// Section `load`.
///
/// @param keepData whether a load keeps the users that it made; otherwise it removes them at its end
/// @param databaseAway whether the database is away on purpose: messages that wait in the journal at the end of a load
///        then fail no run
/// @param recordingsMib maximum size of all recordings together in MiB; 0 records nothing
/// @param limits limits that decide the verdict on a run
public record LoadConfig(boolean keepData, boolean databaseAway, int recordingsMib, LimitsConfig limits) {

    /// Section `load.limits`. A run that breaks a limit is failed or void; the command line can add thresholds.
    ///
    /// @param errorShare maximum share of failed operations, 0..1
    /// @param achieved minimum share of the offered load of an open run that succeeds in time, 0..1
    /// @param lag maximum p99 of the delay of the start of an operation, as a share of the p99 of the latency, 0..1
    /// @param unfinished maximum number of operations that have not ended at the end of the drain
    /// @param unsavedMessages maximum number of acknowledged messages that are not in the database at the end
    public record LimitsConfig(double errorShare, double achieved, double lag, int unfinished, int unsavedMessages) {}
}
