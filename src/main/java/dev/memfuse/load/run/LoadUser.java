package dev.memfuse.load.run;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.Question;

/// One simulated user on their way through a conversation. When the conversation ends it begins again in new sessions.
///
/// Adds of one user never overlap: who adds holds [#adding]. The other methods are thread-safe.
final class LoadUser {
    /// Held while a batch of this user is on its way, so that messages arrive in the order they were said.
    final ReentrantLock adding = new ReentrantLock();

    private final MemoryEngine engine;
    private final UUID id;
    private final UUID agentId;
    private final Conversation conversation;
    private volatile SessionKey session;
    private final AtomicInteger said = new AtomicInteger();
    private int sessionNumber;
    private int turnNumber;

    /// Creates the user with an agent and a first session. Blocks.
    LoadUser(MemoryEngine engine, String name, Conversation conversation) {
        this.engine = engine;
        this.conversation = conversation;
        this.id = engine.createUser(name).id();
        this.agentId = engine.createAgent(id, "assistant").id();
        this.session = openSession();
    }

    private SessionKey openSession() {
        int pass = sessionNumber / conversation.sessions().size() + 1;
        return engine.createSession(id, agentId, "%s-pass%d".formatted(current().name(), pass)).key();
    }

    private CorpusSession current() {
        return conversation.sessions().get(sessionNumber % conversation.sessions().size());
    }

    UUID id() {
        return id;
    }

    SessionKey session() {
        return session;
    }

    /// The next messages of the conversation, at most `size`, all of one session. Hold [#adding].
    List<NewMessage> nextBatch(int size) {
        enterNextSessionIfDone();
        List<Turn> turns = current().turns();
        List<Turn> taken = turns.subList(turnNumber, Math.min(turns.size(), turnNumber + size));
        turnNumber += taken.size();
        List<NewMessage> batch = new ArrayList<>(taken.size());
        for (Turn turn : taken) {
            batch.add(new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), turn.role(), turn.text(), turn.at()));
        }
        return batch;
    }

    /// Opens the next session when all turns of this one were taken; otherwise does nothing. Hold [#adding].
    void enterNextSessionIfDone() {
        if (turnNumber < current().turns().size()) {
            return;
        }
        sessionNumber++;
        try {
            session = openSession();
            turnNumber = 0;
        } catch (RuntimeException e) {
            sessionNumber--;
            throw e;
        }
    }

    /// Notes that messages were acknowledged, so that questions about them may be asked.
    void acknowledged(int messages) {
        said.addAndGet(messages);
    }

    /// A question whose answer was said already, as far as there is one.
    ///
    /// @param choice chooses among them, 0 or more
    String question(int choice) {
        List<Question> questions = conversation.questions();
        if (questions.isEmpty()) {
            return conversation.sessions().getFirst().turns().getFirst().text();
        }
        int known = 0;
        while (known < questions.size() && questions.get(known).askableFrom() <= said.get()) {
            known++;
        }
        return questions.get(choice % (known == 0 ? questions.size() : known)).text();
    }

    /// Number of messages of the whole conversation.
    int conversationMessages() {
        return conversation.messages();
    }
}
