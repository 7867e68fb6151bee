package dev.memfuse.bench.suite;

import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.load.corpus.GeneratedCorpus;
import dev.memfuse.load.corpus.Question;

/// A user who says something and then asks, over and over. One thread.
final class AskingUser {
    private static final List<String> QUESTIONS = GeneratedCorpus.of(7, 20).conversations().stream()
            .flatMap(conversation -> conversation.questions().stream()).map(Question::text).distinct().toList();
    private static final int FEW = 4;

    private final MemoryEngine engine;
    private final SessionKey session;
    private final Habit habit;
    private int place;
    private String said = "";

    /// What a user asks.
    enum Habit {
        /// Another question each time.
        NEW_QUESTIONS("new questions"),
        /// The same four questions in turn.
        FEW_QUESTIONS("the same four questions"),
        /// What was just said.
        LAST_TURN("the turn just said");

        private final String words;

        Habit(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// @param first the place of the first turn and question; users with places far apart have little in common
    AskingUser(MemoryEngine engine, UUID userId, Habit habit, int first) {
        this.engine = engine;
        this.session = engine.sessions(userId).getFirst().key();
        this.habit = habit;
        this.place = first;
    }

    void write() {
        place++;
        said = SampleTexts.text(place);
        engine.addBatch(session, List.of(NewMessage.of(Role.USER, said)));
    }

    void ask() {
        String text = switch (habit) {
            case NEW_QUESTIONS -> QUESTIONS.get(place % QUESTIONS.size());
            case FEW_QUESTIONS -> QUESTIONS.get(place % FEW);
            case LAST_TURN -> said;
        };
        engine.query(session.userId(), QueryRequest.of(text, 0));
    }
}
