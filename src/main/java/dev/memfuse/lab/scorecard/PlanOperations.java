package dev.memfuse.lab.scorecard;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.load.corpus.Conversation;

/// The operations of the plan's benchmark script and load test for one user, who exists in the database and whose
/// service nobody has used yet.
///
/// @param batch messages of `add_batch`
/// @param question text of `query`
public record PlanOperations(MemoryEngine engine, SessionKey session, List<NewMessage> batch, String question) {
    /// Number of messages of a batch.
    public static final int BATCH = 10;
    private static final int TOP_K = 5;
    private static final int LIMIT = 10;

    /// Creates a user, marked as one of a load, with an agent and a session.
    ///
    /// @param run name of the run that the user belongs to
    /// @param number number of the user, part of its name
    /// @param conversation source of the messages and of the question
    public static PlanOperations newUser(MemoryEngine engine, String run, int number, Conversation conversation) {
        UUID user = engine.loadData().createUser(String.format(Locale.ROOT, "%s-u%02d", run, number), run).id();
        UUID agent = engine.createAgent(user, "assistant").id();
        SessionKey session = engine.createSession(user, agent, "session_1").key();
        List<NewMessage> batch = conversation.sessions().getFirst().turns().stream().limit(BATCH)
                .map(turn -> NewMessage.of(turn.role(), turn.text())).toList();
        return new PlanOperations(engine, session, batch, conversation.questions().getFirst().text());
    }

    /// Accesses the service: reads no message, so that nothing but the service is needed.
    public StepTimes firstAccess() {
        return StepTimes.of(() -> engine.read(session.userId(), List.of()));
    }

    /// Adds the batch.
    public StepTimes addBatch() {
        return StepTimes.of(() -> engine.addBatch(session, batch));
    }

    /// Queries the 5 best hits.
    public StepTimes query() {
        return StepTimes.of(() -> engine.query(session.userId(), question, TOP_K));
    }

    /// Lists the last 10 messages of the session.
    public StepTimes getMessages() {
        return StepTimes.of(() -> engine.messages(session, LIMIT, Order.NEWEST_FIRST));
    }

    /// Runs a step.
    public StepTimes run(PlanStep step) {
        return switch (step) {
            case FIRST_ACCESS -> firstAccess();
            case ADD_BATCH -> addBatch();
            case QUERY -> query();
            case GET_MESSAGES -> getMessages();
        };
    }
}
