package dev.memfuse.load.corpus;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/// The turns that a question names as evidence. The data set names them as `D3:11` and a few times as `D3:11; D3:12`,
/// `D03:11` or `D:3:11`, and a few that do not exist.
///
/// @param turns positions in the conversation, from 1, ascending
/// @param unresolved names that no turn has
record LocomoEvidence(List<Integer> turns, int unresolved) {
    private static final Pattern PLACE = Pattern.compile("D:?(\\d+):(\\d+)");
    private static final Pattern SEPARATOR = Pattern.compile("[;,\\s]+");

    /// @param evidence an array of names
    /// @param positions of the turns, by [#name]
    static LocomoEvidence of(JsonNode evidence, Map<String, Integer> positions) {
        TreeSet<Integer> turns = new TreeSet<>();
        int unresolved = 0;
        for (JsonNode entry : evidence) {
            for (String word : SEPARATOR.split(entry.asString("").strip())) {
                Integer position = positions.get(name(word));
                if (position != null) {
                    turns.add(position);
                } else if (!word.isEmpty()) {
                    unresolved++;
                }
            }
        }
        return new LocomoEvidence(List.copyOf(turns), unresolved);
    }

    /// The one way to write the name of a turn; what is no such name is left as it is.
    static String name(String written) {
        Matcher place = PLACE.matcher(written);
        return place.matches()
                ? "D" + Integer.parseInt(place.group(1)) + ":" + Integer.parseInt(place.group(2))
                : written;
    }
}
