package dev.memfuse.load.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.Corpus;
import dev.memfuse.load.corpus.CorpusException;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.Question;

/// Reads the conversations of a data set into memory for a load: as many as it has users, and of their texts at most
/// [#MAX_CHARACTERS].
public final class DatasetCorpus {
    /// Maximum length of all texts in characters.
    public static final long MAX_CHARACTERS = 64L << 20;

    private final int users;
    private final long maxCharacters;
    private final List<Growing> conversations = new ArrayList<>();
    private final Map<String, Growing> byUser = new LinkedHashMap<>();
    private long characters;

    private DatasetCorpus(int users, long maxCharacters) {
        this.users = users;
        this.maxCharacters = maxCharacters;
    }

    /// A conversation that later lines continue.
    private record Growing(String id, Map<String, List<Turn>> sessions, List<Question> questions) {
        Conversation complete() {
            List<CorpusSession> read = new ArrayList<>();
            sessions.forEach((name, turns) -> read.add(new CorpusSession(name, turns)));
            return new Conversation(id, read, questions);
        }
    }

    /// Reads a data set of any form. Blocks.
    ///
    /// @param users maximum number of conversations, 1 or more; later ones are checked, but not kept
    /// @throws CorpusException when there is no file or a value cannot be used; names file and place
    /// @throws InvalidValueException when a text, name or time is one that the engine refuses
    public static Corpus read(Path path, int users) {
        return read(path, users, MAX_CHARACTERS);
    }

    static Corpus read(Path path, int users, long maxCharacters) {
        Dataset dataset = Dataset.open(path);
        DatasetCorpus corpus = new DatasetCorpus(users, maxCharacters);
        dataset.read(new DatasetProblems().strict(), corpus::add);
        String cut = corpus.characters > maxCharacters ? ", the first " + maxCharacters + " characters" : "";
        if (corpus.conversations.isEmpty()) {
            throw new CorpusException(path + " holds no conversation.");
        }
        return new Corpus(dataset.name() + cut, corpus.conversations.stream().map(Growing::complete).toList());
    }

    private boolean add(DatasetForm form, Conversation part) {
        Growing known = form.hasQuestions() ? null : byUser.get(part.id());
        if (known == null && conversations.size() < users && characters < maxCharacters) {
            known = new Growing(part.id(), new LinkedHashMap<>(), part.questions());
            conversations.add(known);
            byUser.put(part.id(), known);
        }
        if (known != null) {
            for (CorpusSession session : part.sessions()) {
                append(known, session);
            }
        }
        return true;
    }

    private void append(Growing conversation, CorpusSession session) {
        for (Turn turn : session.turns()) {
            boolean first = conversation.sessions().isEmpty();
            characters += turn.text().length();
            if (first || characters <= maxCharacters) {
                conversation.sessions().computeIfAbsent(session.name(), _ -> new ArrayList<>()).add(turn);
            }
        }
    }
}
