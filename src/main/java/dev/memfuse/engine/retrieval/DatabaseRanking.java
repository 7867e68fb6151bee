package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.SearchStore;
import dev.memfuse.engine.spi.SearchStore.Candidate;
import dev.memfuse.engine.words.Words;

/// Ranks the database's best candidates by vector and by terms together with buffered messages, with the same fusion as
/// the embedded index. Only neighbours that are candidates too contribute to a score. Thread-safe.
///
/// BM25 of buffered messages uses statistics of the buffered messages alone, since those of the database are not
/// available here. Their scores are scaled so that the largest equals the largest score from the database.
public final class DatabaseRanking {
    /// Number of candidates that the database returns by each signal.
    private static final int CANDIDATES = 200;
    /// Number of the newest buffered messages that a query embeds: bounds its cost.
    private static final int EMBEDDED_BUFFERED = 5;

    private final SearchStore store;

    public DatabaseRanking(SearchStore store) {
        this.store = store;
    }

    /// A question of a user.
    ///
    /// @param buffered buffered messages of the user that pass the filter, oldest first; some may be stored already
    public record Question(UUID userId, QueryText text, QueryFilter filter, List<Message> buffered) {}

    /// Returns the best entries for a question. Blocks for the model, then for the database.
    ///
    /// @param limit maximum number of entries
    /// @throws EngineException when the database cannot rank
    public Ranking rank(Question question, QueryEncoder encoder, RankingRules rules, int limit) {
        store.problem().ifPresent(problem -> {
            throw new EngineException(problem);
        });
        List<Message> fresh = question.buffered();
        List<Message> embedded = fresh.subList(Math.max(0, fresh.size() - EMBEDDED_BUFFERED), fresh.size());
        List<float[]> vectors = encoder
                .embed(Stream.concat(Stream.of(question.text().text()), embedded.stream().map(Message::content))
                        .toList());
        int depth = Math.max(CANDIDATES, limit);
        Candidates candidates = new Candidates();
        dense(question, encoder.space(), vectors.getFirst(), depth)
                .forEach(found -> candidates.row(found).dense = (float) found.score());
        store.lexical(question.userId(), question.filter(), question.text().text(), depth)
                .forEach(found -> candidates.row(found).lexical = (float) found.score());
        candidates.addBuffered(question.text().text(), fresh);
        for (int i = 0; i < embedded.size(); i++) {
            candidates.addVectorScore(embedded.get(i).id(), dot(vectors.getFirst(), vectors.get(i + 1)));
        }
        return candidates.ranking(question.text(), rules, limit);
    }

    /// Returns candidates by vector. Facts are embedded without context, so their vectors may have another model name.
    private List<Candidate> dense(Question question, EmbeddingSpace space, float[] vector, int limit) {
        QueryFilter filter = question.filter();
        if (space.name().equals(space.factName()) || !filter.layers().contains(MemoryLayer.M2)) {
            return store.dense(question.userId(), filter, space.name(), vector, limit);
        }
        List<Candidate> found = new ArrayList<>(store.dense(question.userId(),
                filter.only(MemoryLayer.M2), space.factName(), vector, limit));
        Set<MemoryLayer> others = new HashSet<>(filter.layers());
        others.remove(MemoryLayer.M2);
        if (!others.isEmpty()) {
            found.addAll(store.dense(question.userId(), filter.only(others.toArray(MemoryLayer[]::new)), space.name(),
                    vector, limit));
        }
        return found;
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static final class Row {
        private final Candidate candidate;
        private float dense = Float.NaN;
        private float lexical;

        Row(Candidate candidate) {
            this.candidate = candidate;
        }
    }

    private record Key(MemoryLayer layer, UUID id) {}

    /// Union of the candidates of both signals, by identity.
    private static final class Candidates {
        private final Map<Key, Row> byKey = new HashMap<>();
        private final List<Row> rows = new ArrayList<>();

        Row row(Candidate found) {
            return byKey.computeIfAbsent(new Key(found.layer(), found.id()), _ -> {
                Row row = new Row(found);
                rows.add(row);
                return row;
            });
        }

        /// Sets the vector score of a message that the database has no vector of.
        void addVectorScore(UUID messageId, float cosine) {
            Row row = byKey.get(new Key(MemoryLayer.M0, messageId));
            if (row != null && Float.isNaN(row.dense)) {
                row.dense = cosine;
            }
        }

        /// Adds buffered messages. A message that the database returned too keeps the scores from the database.
        void addBuffered(String question, List<Message> buffered) {
            float strongest = (float) rows.stream().mapToDouble(row -> row.lexical).max().orElse(0);
            List<Message> fresh = buffered.stream()
                    .filter(message -> !byKey.containsKey(new Key(MemoryLayer.M0, message.id()))).toList();
            float[] scores = bm25(question, fresh);
            float largest = 0;
            for (float score : scores) {
                largest = Math.max(largest, score);
            }
            Map<UUID, Long> arrivals = new HashMap<>();
            for (int i = 0; i < fresh.size(); i++) {
                long arrival = arrivals.merge(fresh.get(i).session().sessionId(), 1L, Long::sum);
                Row row = row(candidate(fresh.get(i), arrival));
                row.lexical = largest == 0 || strongest == 0 ? scores[i] : scores[i] / largest * strongest;
            }
        }

        private static Candidate candidate(Message message, long arrival) {
            // Buffered messages follow all stored ones of their session, in the order of their arrival.
            return new Candidate(MemoryLayer.M0, message.id(), List.of(message.id()), message.session(),
                    message.sequence() == Message.UNASSIGNED ? Long.MIN_VALUE + arrival : message.sequence(),
                    message.content(),
                    new Candidate.Details(message.createdAt(), Words.count(message.content()).length()),
                    0);
        }

        private static float[] bm25(String question, List<Message> messages) {
            EntryTable entries = new EntryTable();
            MemorySegment segment = new MemorySegment();
            for (Message message : messages) {
                IndexEntry entry = IndexEntry.of(message);
                Words.Terms terms = Words.count(message.content());
                segment.add(entries.add(entry, terms.length()), entry, terms.frequencies());
            }
            return new Bm25(entries, List.of(segment)).scores(Words.of(question), Set.of(MemoryLayer.M0));
        }

        Ranking ranking(QueryText text, RankingRules rules, int limit) {
            float[] lexical = new float[rows.size()];
            float[] dense = new float[rows.size()];
            for (int i = 0; i < rows.size(); i++) {
                lexical[i] = rows.get(i).lexical;
                dense[i] = rows.get(i).dense;
            }
            BitSet scope = new BitSet();
            scope.set(0, rows.size());
            List<Candidate> candidates = rows.stream().map(row -> row.candidate).toList();
            Signals signals = new Signals(lexical, DenseScores.exact(dense), scope, new CandidateNeighbours(candidates),
                    Hints.of(text, scope, new CandidateAttributes(candidates), rules.hintWeights()));
            return new Ranking(Fusion.rank(signals, rules, limit, this::entry), rows.size(),
                    (int) rows.stream().filter(row -> Float.isNaN(row.dense)).count(), OptionalLong.empty());
        }

        private ScoredEntry entry(int ordinal, List<Share> shares) {
            Candidate candidate = rows.get(ordinal).candidate;
            return ScoredEntry.of(candidate.layer(), candidate.id(), candidate.messageIds(),
                    candidate.layer() == MemoryLayer.M0 ? Optional.empty() : Optional.of(candidate.content()), shares);
        }
    }
}
