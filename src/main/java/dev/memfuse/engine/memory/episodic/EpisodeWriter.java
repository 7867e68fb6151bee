package dev.memfuse.engine.memory.episodic;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.memory.layer.LanguageCalls;
import dev.memfuse.engine.memory.layer.LanguageRound;
import dev.memfuse.engine.memory.layer.PromptData;
import dev.memfuse.engine.memory.text.EnglishText;
import dev.memfuse.engine.memory.text.Secrets;
import dev.memfuse.engine.memory.text.Sentence;
import dev.memfuse.engine.memory.text.TellingSentences;
import dev.memfuse.engine.memory.text.TextRank;
import dev.memfuse.engine.model.language.JsonAnswer;
import dev.memfuse.engine.model.language.LanguageModelException;
import dev.memfuse.engine.model.language.Prompt;
import dev.memfuse.engine.validation.DerivedText;

/// Summarizes a round by the language model, or by its most central sentences.
public final class EpisodeWriter {
    private static final int SUMMARY_SENTENCES = 3;
    private static final int MAX_SENTENCES = 60;
    private static final int TITLE_LENGTH = 60;
    private static final int SUMMARY_LENGTH = 2_000;
    private static final int ANSWER_TOKENS = 300;
    private static final double TEMPERATURE = 0.3;
    private static final int MAX_TITLE = 200;
    private static final String SMALL_TALK = "Small talk";
    private static final String SECRET = "(a secret)";
    private static final String TASK = """
                                       TASK: episode_summary
                                       You keep the memory of conversations. Summarise the conversation for \
                                       somebody who was not there:
                                       who, what, when, and what was agreed. Say nothing that is not in it.
                                       """ + PromptData.CONVERSATION
            + """

              Answer with one JSON object and nothing else:
              {"title": "at most eight words", "summary": "one to three sentences"}""";

    private final TellingSentences reader;

    public EpisodeWriter(EnglishText english) {
        reader = new TellingSentences(english);
    }

    /// Title and summary.
    record Text(String title, String summary) {}

    /// Returns title and summary of a round.
    ///
    /// @param messages at least one
    LanguageRound.Result<Text> write(LanguageRound round, List<Message> messages) {
        return round.choose(calls -> ask(calls, messages), () -> extract(messages));
    }

    private static Text ask(LanguageCalls calls, List<Message> messages) {
        Prompt prompt = new Prompt(TASK, PromptData.conversation(messages), TEMPERATURE, ANSWER_TOKENS, Duration.ZERO);
        return calls.ask(prompt, 1, EpisodeWriter::read);
    }

    private static Text read(JsonAnswer answer) {
        String summary = answer.text("summary", SUMMARY_LENGTH).orElseThrow(
                () -> new LanguageModelException("The answer of the language model has no usable summary.", null));
        String title = answer.lacks("title")
                ? summary
                : answer.text("title", MAX_TITLE).orElseThrow(
                        () -> new LanguageModelException("The answer of the language model has no usable title.",
                                null));
        if (Secrets.isIn(title) || Secrets.isIn(summary)) {
            throw new LanguageModelException("The answer of the language model holds a secret.", null);
        }
        return new Text(truncated(title, TITLE_LENGTH), summary);
    }

    private Text extract(List<Message> messages) {
        List<String> spoken = messages.stream().filter(message -> message.role().conversational())
                .map(Message::content).toList();
        TellingSentences.Selection sentences = reader.of(spoken, MAX_SENTENCES);
        if (!sentences.telling().isEmpty()) {
            return new Text(
                    truncated(TextRank.central(sentences.telling(), 1).getFirst().text(), TITLE_LENGTH),
                    truncated(joined(TextRank.central(sentences.telling(), SUMMARY_SENTENCES)), SUMMARY_LENGTH));
        }
        if (!sentences.all().isEmpty()) {
            return new Text(SMALL_TALK, truncated(joined(reader.central(sentences.all(), SUMMARY_SENTENCES)),
                    SUMMARY_LENGTH));
        }
        return withoutSentences(messages.getFirst().content().strip());
    }

    private static Text withoutSentences(String first) {
        String text = first.isEmpty() ? "(blank)" : Secrets.isIn(first) ? SECRET : first;
        return new Text(truncated(text, TITLE_LENGTH), truncated(text, SUMMARY_LENGTH));
    }

    private static String joined(List<Sentence> sentences) {
        return sentences.stream().map(Sentence::text).collect(Collectors.joining(" "));
    }

    /// Truncates a text between two words.
    private static String truncated(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int space = text.lastIndexOf(' ', length - 1);
        return DerivedText.prefix(text, space > length / 2 ? space : length - 1) + "…";
    }
}
