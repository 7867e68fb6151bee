package dev.memfuse.bench.suite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.GeneratedCorpus;

/// The texts of the benchmarks: everyday turns, the same at each run. Thread-safe.
final class SampleTexts {
    /// What an average turn of a long conversation takes.
    static final int BYTES = 170;
    private static final int CONVERSATIONS = 20;
    private static final int SEED = 7;

    private static final List<String> TEXTS = GeneratedCorpus.of(SEED, CONVERSATIONS).conversations().stream()
            .flatMap(conversation -> conversation.sessions().stream()).flatMap(session -> session.turns().stream())
            .map(Turn::text).toList();
    private static final List<String> PIECES = pieces();

    private SampleTexts() {}

    private static List<String> pieces() {
        String all = TEXTS.stream().collect(Collectors.joining(" "));
        String ascii = new String(all.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at + BYTES <= ascii.length(); at += BYTES) {
            pieces.add(ascii.substring(at, at + BYTES));
        }
        return List.copyOf(pieces);
    }

    /// Whole turns as they are said, of all lengths.
    static List<String> whole() {
        return TEXTS;
    }

    /// The turn at a place of an endless conversation, [#BYTES] long.
    static String text(int place) {
        return PIECES.get(place % PIECES.size());
    }

    /// New messages of [#BYTES] each.
    ///
    /// @param from place of the first
    static List<NewMessage> batch(int from, int size) {
        List<NewMessage> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batch.add(NewMessage.of(i % 2 == 0 ? Role.USER : Role.ASSISTANT, text(from + i)));
        }
        return batch;
    }
}
