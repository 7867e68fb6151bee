package dev.memfuse.lab.scorecard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.metrics.stats.Numbers;

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

    /// Returns how many promises were kept, in words.
    public String sentence() {
        return String.format(Locale.ROOT, "%s kept, %d not kept, %d undecided, %d not measured",
                Numbers.count(count(PromiseResult.Outcome.KEPT), "promise"), count(PromiseResult.Outcome.NOT_KEPT),
                count(PromiseResult.Outcome.UNDECIDED), count(PromiseResult.Outcome.NOT_MEASURED));
    }

    /// Returns the promises by the name of their network, in the order of the measurement.
    public static Map<String, List<PromiseResult>> byNetwork(List<PromiseResult> promises) {
        Map<String, List<PromiseResult>> networks = new LinkedHashMap<>();
        promises.forEach(promise -> networks.computeIfAbsent(promise.network(), _ -> new ArrayList<>()).add(promise));
        return networks;
    }

    /// Returns how it was measured, by name.
    public Map<String, String> design() {
        Map<String, String> design = new LinkedHashMap<>();
        design.put("rounds", Numbers.count(rounds) + " of all four phases, in balanced order, on the same work");
        design.put("duration", Numbers.seconds(seconds));
        design.put("figures", "medians over the rounds");
        design.put("interval", "95 %, of the ratios within a round");
        return design;
    }
}
