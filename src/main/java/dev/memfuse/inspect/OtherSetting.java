package dev.memfuse.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.FusionKind;
import dev.memfuse.engine.QueryResult.Hit;

/// A setting of retrieval that a query can be repeated with.
///
/// @param label a few words
/// @param values keys and values that differ from those in force
public record OtherSetting(String label, Map<String, Object> values) {
    private static final String DENSE = "retrieval.dense_weight";
    private static final List<String> NEIGHBOURS = List.of("retrieval.neighbour_previous",
            "retrieval.neighbour_question", "retrieval.neighbour_next", "retrieval.session_best");
    private static final List<String> HINTS = List.of("retrieval.length", "retrieval.statement", "retrieval.speaker",
            "retrieval.time", "retrieval.stated_time");

    public OtherSetting {
        values = Map.copyOf(values);
    }

    /// Returns the settings that differ from a configuration in one respect.
    static List<OtherSetting> of(MemFuseConfig config) {
        boolean byRank = config.retrieval().fusion() == FusionKind.RRF;
        boolean reranks = config.retrieval().useRerank();
        List<OtherSetting> all = List.of(
                new OtherSetting("Words alone", Map.of(DENSE, 0.0)),
                new OtherSetting("Vectors alone", Map.of(DENSE, 1.0)),
                new OtherSetting("Without neighbours", zero(NEIGHBOURS)),
                new OtherSetting("Without hints", zero(HINTS)),
                new OtherSetting(byRank ? "Fused by scores" : "Fused by ranks",
                        Map.of("retrieval.fusion", byRank ? FusionKind.MINMAX : FusionKind.RRF)),
                new OtherSetting(reranks ? "Without reranking" : "Reranked",
                        Map.of("retrieval.use_rerank", !reranks)));
        return all.stream().filter(other -> !other.in(config).retrieval().equals(config.retrieval())).toList();
    }

    private static Map<String, Object> zero(List<String> keys) {
        return keys.stream().collect(Collectors.toMap(key -> key, _ -> 0.0));
    }

    /// Returns a configuration with this setting.
    MemFuseConfig in(MemFuseConfig config) {
        MemFuseConfig changed = config;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            changed = ConfigValues.with(changed, value.getKey(), value.getValue());
        }
        return changed;
    }

    /// What a setting returns.
    ///
    /// @param hits its hits, best first
    /// @param added ids of hits that only this setting returns
    /// @param lost ids of hits that only the settings in force return
    /// @param moved number of hits of both that have another rank
    public record Outcome(OtherSetting setting, List<Hit> hits, List<UUID> added, List<UUID> lost, int moved) {

        static Outcome of(OtherSetting setting, List<Hit> hits, List<Hit> before) {
            List<UUID> now = hits.stream().map(Hit::id).toList();
            List<UUID> then = before.stream().map(Hit::id).toList();
            List<UUID> added = new ArrayList<>(now);
            added.removeAll(then);
            List<UUID> lost = new ArrayList<>(then);
            lost.removeAll(now);
            int moved = (int) now.stream().filter(then::contains)
                    .filter(id -> now.indexOf(id) != then.indexOf(id)).count();
            return new Outcome(setting, hits, List.copyOf(added), List.copyOf(lost), moved);
        }

        /// Returns the difference to the settings in force for the user.
        public String sentence() {
            if (added.isEmpty() && lost.isEmpty()) {
                return moved == 0 ? "The same hits." : "The same hits, " + moved + " with another rank.";
            }
            return added.size() + " other " + (added.size() == 1 ? "hit" : "hits") + ", " + lost.size() + " missing, "
                    + moved + " with another rank.";
        }
    }
}
