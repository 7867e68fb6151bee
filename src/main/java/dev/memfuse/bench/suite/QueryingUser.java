package dev.memfuse.bench.suite;

import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;

/// A user who writes a message and then queries, in turn. One thread.
final class QueryingUser {
    private static final int REPEATED_QUESTIONS = 4;

    private final MemoryEngine engine;
    private final SessionKey session;
    private final QueryPattern pattern;
    private int position;
    private String lastText = "";

    /// The texts that a user queries.
    enum QueryPattern {
        /// A different question each time.
        NEW_QUESTIONS("new questions"),
        /// The same four questions in turn.
        FEW_QUESTIONS("the same four questions"),
        /// The message written just before.
        LAST_TURN("the turn just said");

        private final String label;

        QueryPattern(String label) {
            this.label = label;
        }

        /// Returns the name in the report.
        String label() {
            return label;
        }
    }

    /// @param first position of the first message and question; users with distant positions have few texts in common
    QueryingUser(MemoryEngine engine, UUID userId, QueryPattern pattern, int first) {
        this.engine = engine;
        this.session = engine.sessions(userId).getFirst().key();
        this.pattern = pattern;
        this.position = first;
    }

    void write() {
        position++;
        lastText = SampleTexts.text(position);
        engine.addBatch(session, List.of(NewMessage.of(Role.USER, lastText)));
    }

    void query() {
        String text = switch (pattern) {
            case NEW_QUESTIONS -> SampleTexts.question(position);
            case FEW_QUESTIONS -> SampleTexts.question(position % REPEATED_QUESTIONS);
            case LAST_TURN -> lastText;
        };
        engine.query(session.userId(), QueryRequest.of(text, 0));
    }
}
