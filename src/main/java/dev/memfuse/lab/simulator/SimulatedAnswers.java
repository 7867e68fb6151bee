package dev.memfuse.lab.simulator;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers the engine's prompts with well-formed JSON made from words of the prompt. The same prompt gets the same
/// answer.
final class SimulatedAnswers {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Pattern LINE = Pattern.compile("(?m)^\\[(\\d+)] (?:\\w+ \\([^)]*\\): )?(.+)$");
    private static final Pattern NAME = Pattern.compile("(?<!^)\\b\\p{Lu}\\p{Ll}+");
    private static final int MAX_FACTS = 10;
    private static final int MIN_WORDS = 4;
    private static final double CONFIDENCE = 0.8;
    private static final double CONFLICT_CONFIDENCE = 0.95;
    private static final int TITLE_WORDS = 8;

    private SimulatedAnswers() {}

    /// Returns the answer as JSON.
    ///
    /// @param system the system prompt, whose first line names the task
    /// @param user the user prompt
    static String to(String system, String user) {
        String task = system.lines().findFirst().orElse("");
        ObjectNode answer = MAPPER.createObjectNode();
        if (task.contains("fact_extraction")) {
            facts(user, answer.putArray("facts"));
        } else if (task.contains("episode_summary")) {
            episode(user, answer);
        } else if (task.contains("conflict_detection")) {
            conflicts(user, answer.putArray("conflicts"));
        } else {
            answer.put("answer", "This is a SIMULATOR; it answers only the prompts of the engine.");
        }
        return answer.toString();
    }

    private static List<MatchResult> lines(String text) {
        return LINE.matcher(text).results().toList();
    }

    private static void facts(String user, ArrayNode facts) {
        for (MatchResult line : lines(user)) {
            for (String sentence : sentences(line.group(2))) {
                if (facts.size() < MAX_FACTS && sentence.split("\\s+").length >= MIN_WORDS
                        && !sentence.endsWith("?")) {
                    ObjectNode fact = facts.addObject().put("content", sentence).put("type", type(sentence))
                            .put("confidence", CONFIDENCE);
                    ArrayNode entities = fact.putArray("entities");
                    NAME.matcher(sentence).results().map(MatchResult::group).distinct().forEach(entities::add);
                    fact.putArray("source").add(Integer.parseInt(line.group(1)));
                }
            }
        }
    }

    private static String type(String sentence) {
        String lower = sentence.toLowerCase(Locale.ROOT);
        if (lower.matches(".*\\b(?:like|love|prefer|hate)s?\\b.*")) {
            return "preference";
        }
        return lower.matches(".*\\b(?:i|my)\\b.*") ? "personal" : "general";
    }

    private static void episode(String user, ObjectNode answer) {
        List<String> sentences = new ArrayList<>();
        lines(user).forEach(line -> sentences.addAll(sentences(line.group(2))));
        String first = sentences.isEmpty() ? "Nothing was said" : sentences.getFirst();
        String[] words = first.split("\\s+");
        answer.put("title", String.join(" ", List.of(words).subList(0, Math.min(TITLE_WORDS, words.length))));
        answer.put("summary", "(SIMULATOR) " + String.join(" ", sentences.subList(0, Math.min(2, sentences.size()))));
    }

    /// Reports facts that differ from the new fact in their last word only as conflicts.
    private static void conflicts(String user, ArrayNode conflicts) {
        String newFact = plain(user.lines().findFirst().orElse("").replaceFirst("^New fact: ", ""));
        for (MatchResult line : lines(user)) {
            String existing = plain(line.group(2));
            if (!existing.equals(newFact) && withoutLastWord(existing).equals(withoutLastWord(newFact))) {
                conflicts.addObject().put("existing_fact", Integer.parseInt(line.group(1)))
                        .put("type", "VALUE_MISMATCH").put("confidence", CONFLICT_CONFIDENCE)
                        .put("description", "(SIMULATOR) They differ in the last word.");
            }
        }
    }

    private static String plain(String line) {
        return line.replaceFirst(" \\(said [^)]*\\)$", "").toLowerCase(Locale.ROOT);
    }

    private static String withoutLastWord(String text) {
        int last = text.lastIndexOf(' ');
        return last < 0 ? text : text.substring(0, last);
    }

    private static List<String> sentences(String text) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        List<String> found = new ArrayList<>();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            String sentence = text.substring(start, end).strip();
            if (!sentence.isEmpty()) {
                found.add(sentence);
            }
        }
        return found;
    }
}
