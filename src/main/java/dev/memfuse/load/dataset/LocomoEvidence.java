package dev.memfuse.load.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The turns that a question names as evidence. The data set names most turns as `D3:11`, some as `D3:11; D3:12`,
/// `D03:11` or `D:3:11`, and some that do not exist.
///
/// @param turns positions in the conversation, from 1, ascending
/// @param unresolved names without a turn
record LocomoEvidence(List<Integer> turns, List<String> unresolved) {
    private static final Pattern TURN = Pattern.compile("D:?0*(\\d+):0*(\\d+)");
    private static final Pattern SEPARATOR = Pattern.compile("[;,\\s]+");

    /// Resolves the names of turns.
    ///
    /// @param evidence texts with names
    /// @param positions of the turns, by [#name]
    static LocomoEvidence of(List<String> evidence, Map<String, Integer> positions) {
        TreeSet<Integer> turns = new TreeSet<>();
        List<String> unresolved = new ArrayList<>();
        for (String entry : evidence) {
            for (String word : SEPARATOR.split(entry.strip())) {
                Integer position = positions.get(name(word));
                if (position != null) {
                    turns.add(position);
                } else if (!word.isEmpty()) {
                    unresolved.add(word);
                }
            }
        }
        return new LocomoEvidence(List.copyOf(turns), List.copyOf(unresolved));
    }

    /// Returns the canonical name of a turn; returns other texts unchanged.
    static String name(String text) {
        Matcher turn = TURN.matcher(text);
        return turn.matches()
                ? "D" + turn.group(1) + ":" + turn.group(2)
                : text;
    }
}
