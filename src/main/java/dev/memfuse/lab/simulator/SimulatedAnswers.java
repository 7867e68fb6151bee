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

    /// A line of a data block.
    private record Line(int number, String text) {}

    /// Returns the lines of a data block.
    private static List<Line> lines(String text, String block, String field) {
        int begin = text.indexOf("<" + block + ">\n");
        int end = text.indexOf("\n</" + block + ">");
        if (begin < 0 || end < begin) {
            return List.of();
        }
        return text.substring(begin, end).lines().skip(1).map(MAPPER::readTree)
                .map(line -> new Line(line.path("n").asInt(0), line.path(field).asString(""))).toList();
    }

    private static List<Line> messages(String user) {
        return lines(user, "conversation", "text");
    }

    private static void facts(String user, ArrayNode facts) {
        for (Line line : messages(user)) {
            for (String sentence : sentences(line.text())) {
                if (facts.size() < MAX_FACTS && sentence.split("\\s+").length >= MIN_WORDS
                        && !sentence.endsWith("?")) {
                    ObjectNode fact = facts.addObject().put("content", sentence).put("type", type(sentence))
                            .put("confidence", CONFIDENCE);
                    ArrayNode entities = fact.putArray("entities");
                    NAME.matcher(sentence).results().map(MatchResult::group).distinct().forEach(entities::add);
                    fact.putArray("source").add(line.number());
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
        messages(user).forEach(line -> sentences.addAll(sentences(line.text())));
        String first = sentences.isEmpty() ? "Nothing was said" : sentences.getFirst();
        String[] words = first.split("\\s+");
        answer.put("title", String.join(" ", List.of(words).subList(0, Math.min(TITLE_WORDS, words.length))));
        answer.put("summary", "(SIMULATOR) " + String.join(" ", sentences.subList(0, Math.min(2, sentences.size()))));
    }

    /// Reports facts that differ from a new fact in their last word only as conflicts.
    private static void conflicts(String user, ArrayNode conflicts) {
        for (Line fresh : lines(user, "new_facts", "fact")) {
            String newFact = fresh.text().toLowerCase(Locale.ROOT);
            for (Line known : lines(user, "existing_facts", "fact")) {
                String existing = known.text().toLowerCase(Locale.ROOT);
                if (!existing.equals(newFact) && withoutLastWord(existing).equals(withoutLastWord(newFact))) {
                    conflicts.addObject().put("new_fact", fresh.number()).put("existing_fact", known.number())
                            .put("type", "VALUE_MISMATCH").put("confidence", CONFLICT_CONFIDENCE)
                            .put("description", "(SIMULATOR) They differ in the last word.");
                }
            }
        }
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
