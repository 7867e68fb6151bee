package dev.memfuse.bench.suite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.GeneratedCorpus;
import dev.memfuse.load.corpus.Question;

/// The texts of the benchmarks: everyday turns and questions, the same in each run. Thread-safe.
final class SampleTexts {
    /// Size in bytes of an average turn of a long conversation.
    static final int BYTES = 170;
    private static final int CONVERSATIONS = 20;
    private static final int SEED = 7;

    private static final List<Conversation> ALL = GeneratedCorpus.of(SEED, CONVERSATIONS).conversations();
    private static final List<String> TURNS = ALL.stream().flatMap(conversation -> conversation.sessions().stream())
            .flatMap(session -> session.turns().stream()).map(Turn::text).toList();
    private static final List<String> QUESTIONS = ALL.stream()
            .flatMap(conversation -> conversation.questions().stream()).map(Question::text).distinct().toList();
    private static final List<String> PIECES = pieces();

    private SampleTexts() {}

    private static List<String> pieces() {
        String all = TURNS.stream().collect(Collectors.joining(" "));
        String ascii = new String(all.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at + BYTES <= ascii.length(); at += BYTES) {
            pieces.add(ascii.substring(at, at + BYTES));
        }
        return List.copyOf(pieces);
    }

    /// Returns all turns, with their natural lengths.
    static List<String> wholeTurns() {
        return TURNS;
    }

    /// Returns the turn at a position of an endless conversation, [#BYTES] long.
    ///
    /// @param position 0 or more
    static String text(int position) {
        return PIECES.get(position % PIECES.size());
    }

    /// Returns the question at a position of an endless list.
    ///
    /// @param position 0 or more
    static String question(int position) {
        return QUESTIONS.get(position % QUESTIONS.size());
    }

    /// Creates messages of [#BYTES] each.
    ///
    /// @param from position of the first, 0 or more
    /// @param size number of messages
    static List<NewMessage> batch(int from, int size) {
        List<NewMessage> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batch.add(NewMessage.of(i % 2 == 0 ? Role.USER : Role.ASSISTANT, text(from + i)));
        }
        return batch;
    }
}
