package dev.memfuse.load.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.validation.DerivedText;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.Question;

/// One simulated user who replays a conversation. After its end the conversation starts again in new sessions.
///
/// Adds of one user never overlap: the adding thread holds [#adding]. The other methods are thread-safe.
final class LoadUser {
    /// Length in UTF-16 units, like that of a long question.
    private static final int QUESTION_LENGTH = 200;

    /// Held during an add, so that messages arrive in the order of the conversation.
    final ReentrantLock adding = new ReentrantLock();

    private final LoadTarget target;
    private final SentMessages sent;
    private final UUID agentId;
    private final Conversation conversation;
    private volatile SessionKey session;
    private int sessionNumber;
    private int turnNumber;

    /// Creates an agent and the first session of a user. Blocks.
    LoadUser(LoadTarget target, UUID id, Conversation conversation) {
        this.target = target;
        this.conversation = conversation;
        this.sent = new SentMessages(id);
        this.agentId = target.createAgent(id, "assistant");
        this.session = openSession();
    }

    private SessionKey openSession() {
        int pass = sessionNumber / conversation.sessions().size() + 1;
        return target.createSession(id(), agentId,
                String.format(Locale.ROOT, "%s-pass%d", current().name(), pass));
    }

    private CorpusSession current() {
        return conversation.sessions().get(sessionNumber % conversation.sessions().size());
    }

    UUID id() {
        return sent.user();
    }

    SessionKey session() {
        return session;
    }

    /// Returns the next messages of the conversation, all of one session, and counts them as sent and not acknowledged.
    /// Call while holding [#adding].
    ///
    /// @param size maximum number of messages, at least 1
    List<NewMessage> nextBatch(int size) {
        enterNextSessionIfDone();
        List<Turn> turns = current().turns();
        List<Turn> taken = turns.subList(turnNumber, Math.min(turns.size(), turnNumber + size));
        turnNumber += taken.size();
        List<NewMessage> batch = new ArrayList<>(taken.size());
        for (Turn turn : taken) {
            batch.add(new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), turn.role(), turn.text(), turn.at()));
        }
        sent.sending(batch);
        return batch;
    }

    /// Opens the next session when the current one has no more turns. Call while holding [#adding].
    void enterNextSessionIfDone() {
        if (turnNumber < current().turns().size()) {
            return;
        }
        sessionNumber++;
        try {
            session = openSession();
            turnNumber = 0;
        } catch (Throwable e) {
            sessionNumber--;
            throw e;
        }
    }

    /// Counts the messages of the newest batch as acknowledged, so that [#question] may choose questions about them.
    /// Call while holding [#adding].
    ///
    /// @param messages size of the batch
    void acknowledged(int messages) {
        sent.acknowledged(messages);
    }

    /// Returns the messages that were sent until now.
    SentMessages sent() {
        return sent;
    }

    /// Returns a question about acknowledged messages; when there is none, any question of the conversation.
    ///
    /// @param choice chooses among the questions, 0 or more
    String question(int choice) {
        List<Question> questions = conversation.questions();
        if (questions.isEmpty()) {
            return textOfATurn(choice);
        }
        int answerable = 0;
        while (answerable < questions.size() && questions.get(answerable).askableFrom() <= sent.acknowledged()) {
            answerable++;
        }
        return questions.get(choice % (answerable == 0 ? questions.size() : answerable)).text();
    }

    /// Returns the beginning of an acknowledged message of the first session: in a data set without questions it stands
    /// for one, and one text alone would be answered from the cache.
    private String textOfATurn(int choice) {
        List<Turn> turns = conversation.sessions().getFirst().turns();
        int acknowledged = Math.clamp(sent.acknowledged(), 1, turns.size());
        return DerivedText.prefix(turns.get(choice % acknowledged).text().strip(), QUESTION_LENGTH);
    }

    /// Returns the number of messages of the whole conversation.
    int conversationMessages() {
        return conversation.messages();
    }
}
