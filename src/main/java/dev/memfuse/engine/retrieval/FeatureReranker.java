package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.memfuse.engine.words.Word;
import dev.memfuse.engine.words.WordForms;
import dev.memfuse.engine.words.Words;

/// Reranks by features that need no model: share of the question's terms in a passage, weighted by their rarity among
/// the passages; proximity of these terms; names and dates of the question in the passage; and age, which breaks
/// ties.
public final class FeatureReranker implements Reranker {
    private static final double COVERAGE = 0.5;
    private static final double PROXIMITY = 0.2;
    private static final double NAMES = 0.15;
    private static final double DATES = 0.1;
    private static final double RECENCY = 0.05;
    /// A capitalised word within a sentence.
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{Ll}\\p{N},;:] )\\p{Lu}\\p{Ll}+");
    private static final Pattern DATE = Pattern.compile(
            "\\b(?:(?:19|20)\\d\\d|\\d{1,2}|january|february|march|april|may|june|july|august|september|october"
                    + "|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b");

    @Override
    public List<Double> scores(String question, List<Passage> passages) {
        Set<String> query = Set.copyOf(terms(question));
        List<List<String>> texts = passages.stream().map(passage -> terms(passage.text())).toList();
        Map<String, Double> rarity = rarity(query, texts);
        Set<String> names = found(NAME, WordForms.composed(question));
        Set<String> dates = found(DATE, WordForms.caseFolded(question));
        List<Integer> age = ages(passages);
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            String text = WordForms.composed(passages.get(i).text());
            scores.add(COVERAGE * coverage(rarity, texts.get(i)) + PROXIMITY * proximity(query, texts.get(i))
                    + NAMES * share(names, text) + DATES * share(dates, WordForms.caseFolded(text))
                    + RECENCY * age.get(i) / passages.size());
        }
        return List.copyOf(scores);
    }

    /// Returns the terms of a text in their order. Accents are the business of the ranking before.
    private static List<String> terms(String text) {
        return Words.of(text).stream().map(Word::plain).toList();
    }

    private static Map<String, Double> rarity(Set<String> query, List<List<String>> texts) {
        Map<String, Double> rarity = new HashMap<>();
        for (String term : query) {
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

    /// Returns the share of matching terms that follow another matching term within three terms.
    private static double proximity(Set<String> query, List<String> text) {
        int near = 0;
        int hits = 0;
        int last = Integer.MIN_VALUE / 2;
        String before = "";
        for (int i = 0; i < text.size(); i++) {
            if (query.contains(text.get(i)) && !text.get(i).equals(before)) {
                hits++;
                near += i - last <= 3 ? 1 : 0;
                last = i;
                before = text.get(i);
            }
        }
        return hits < 2 ? 0 : (double) near / (hits - 1);
    }

    /// Returns the share of the words that a text contains.
    private static double share(Set<String> words, String text) {
        return words.isEmpty() ? 0 : (double) words.stream().filter(text::contains).count() / words.size();
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /// Returns for each passage the number of older passages.
    private static List<Integer> ages(List<Passage> passages) {
        return passages.stream().map(passage -> (int) passages.stream()
                .filter(other -> other.createdAt().isBefore(passage.createdAt())).count()).toList();
    }
}
