package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Judges by features that need no model: how much of the question's words a text covers, weighted by how rare they are
/// among the candidates; how close together they stand; whether a name of the question is that of the speaker or in the
/// text; whether a date of the question is in it; and, to break ties, how new it is.
public final class FeatureReranker implements Reranker {
    private static final double COVERAGE = 0.5;
    private static final double PROXIMITY = 0.2;
    private static final double NAMES = 0.15;
    private static final double DATES = 0.1;
    private static final double RECENCY = 0.05;
    /// A capital in the middle of a sentence.
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{Ll}\\p{N},;:] )\\p{Lu}\\p{Ll}+");
    private static final Pattern DATE = Pattern.compile(
            "\\b(?:(?:19|20)\\d\\d|\\d{1,2}|january|february|march|april|may|june|july|august|september|october"
                    + "|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b");

    @Override
    public List<Double> scores(String question, List<Candidate> candidates) {
        Set<String> wanted = Set.copyOf(Terms.inOrder(question));
        List<List<String>> texts = candidates.stream().map(candidate -> Terms.inOrder(candidate.text())).toList();
        Map<String, Double> rarity = rarity(wanted, texts);
        Set<String> names = found(NAME, question);
        Set<String> dates = found(DATE, question.toLowerCase(Locale.ROOT));
        List<Integer> age = ages(candidates);
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            String text = candidates.get(i).text();
            scores.add(COVERAGE * coverage(rarity, texts.get(i)) + PROXIMITY * proximity(wanted, texts.get(i))
                    + NAMES * share(names, text) + DATES * share(dates, text.toLowerCase(Locale.ROOT))
                    + RECENCY * age.get(i) / candidates.size());
        }
        return List.copyOf(scores);
    }

    private static Map<String, Double> rarity(Set<String> wanted, List<List<String>> texts) {
        Map<String, Double> rarity = new HashMap<>();
        for (String term : wanted) {
            long holders = texts.stream().filter(text -> text.contains(term)).count();
            rarity.put(term, Math.log(1 + (texts.size() - holders + 0.5) / (holders + 0.5)));
        }
        return rarity;
    }

    private static double coverage(Map<String, Double> rarity, List<String> text) {
        double all = rarity.values().stream().mapToDouble(Double::doubleValue).sum();
        double covered = new HashSet<>(text).stream().mapToDouble(term -> rarity.getOrDefault(term, 0.0)).sum();
        return all == 0 ? 0 : covered / all;
    }

    /// Words of the question that stand at most three words apart, as a share of those in the text.
    private static double proximity(Set<String> wanted, List<String> text) {
        int near = 0;
        int hits = 0;
        int last = Integer.MIN_VALUE / 2;
        String before = "";
        for (int i = 0; i < text.size(); i++) {
            if (wanted.contains(text.get(i)) && !text.get(i).equals(before)) {
                hits++;
                near += i - last <= 3 ? 1 : 0;
                last = i;
                before = text.get(i);
            }
        }
        return hits < 2 ? 0 : (double) near / (hits - 1);
    }

    private static double share(Set<String> wanted, String text) {
        return wanted.isEmpty() ? 0 : (double) wanted.stream().filter(text::contains).count() / wanted.size();
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /// How many candidates are older than each.
    private static List<Integer> ages(List<Candidate> candidates) {
        return candidates.stream().map(candidate -> (int) candidates.stream()
                .filter(other -> other.saidAt().isBefore(candidate.saidAt())).count()).toList();
    }
}
