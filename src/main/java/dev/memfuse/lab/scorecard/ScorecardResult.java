package dev.memfuse.lab.scorecard;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The result of a scorecard. Serialized as its JSON, with component names in snake_case.
///
/// @param formatVersion 1
/// @param startedAt start of the first block
/// @param seconds duration of the whole scorecard
/// @param cancelled whether it was ended by hand; it covers the rounds until then
/// @param rounds rounds that ended
/// @param promises one a promise and network
/// @param blocks blocks in the order in which they ran
/// @param environment machine, JVM, versions
public record ScorecardResult(int formatVersion, Instant startedAt, double seconds, boolean cancelled, int rounds,
        List<PromiseResult> promises, List<PhaseBlock> blocks, Map<String, String> environment) {

    /// Returns the number of promises of an outcome.
    public long count(PromiseResult.Outcome outcome) {
        return promises.stream().filter(promise -> promise.outcome() == outcome).count();
    }
}
