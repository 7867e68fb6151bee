package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.SearchStore;
import dev.memfuse.engine.spi.SearchStore.Candidate;

/// Ranks what the database finds best by meaning and by words, together with what is still buffered, by the same fusion as
/// the embedded index. Neighbours count when they are among the candidates too.
///
/// The words of buffered messages are scored among the buffered messages alone and stretched to the database's scores:
/// the two cannot be measured with one scale, since only the database knows all words.
public final class DatabaseRanking {
    private static final int CANDIDATES = 200;
    private static final int EMBEDDED_BUFFERED = 5;

    private final SearchStore store;
    private final Function<List<String>, List<float[]>> embed;

    /// @param embed normalised vectors of texts
    public DatabaseRanking(SearchStore store, Function<List<String>, List<float[]>> embed) {
        this.store = store;
        this.embed = embed;
    }

    /// A question to the database.
    ///
    /// @param buffered messages of the user that may not be stored yet and pass the filter, oldest first
    public record Question(UUID userId, String text, QueryFilter filter, List<Message> buffered) {}

    /// The best for a question; blocks for the model, then for two statements.
    ///
    /// @param models names of the vectors of chunks and of facts
    /// @throws EngineException when the database cannot rank
    public Ranking rank(Question question, EmbeddingSpace models, RankingRules rules, int wanted) {
        store.problem().ifPresent(problem -> {
            throw new EngineException(problem);
        });
        List<Message> fresh = question.buffered();
        List<Message> embedded = fresh.subList(Math.max(0, fresh.size() - EMBEDDED_BUFFERED), fresh.size());
        List<float[]> vectors = embed
                .apply(Stream.concat(Stream.of(question.text()), embedded.stream().map(Message::content)).toList());
        int limit = Math.max(CANDIDATES, wanted);
        Candidates candidates = new Candidates();
        dense(question, models, vectors.getFirst(), limit)
                .forEach(found -> candidates.row(found).dense = (float) found.score());
        store.lexical(question.userId(), question.filter(), question.text(), limit)
                .forEach(found -> candidates.row(found).lexical = (float) found.score());
        candidates.addBuffered(question.text(), fresh);
        for (int i = 0; i < embedded.size(); i++) {
            candidates.nearness(embedded.get(i).id(), dot(vectors.getFirst(), vectors.get(i + 1)));
        }
        return candidates.ranking(rules, wanted);
    }

    /// Facts are embedded without context, so their vectors may go by another name.
    private List<Candidate> dense(Question question, EmbeddingSpace models, float[] vector, int limit) {
        QueryFilter filter = question.filter();
        if (models.name().equals(models.factName()) || !filter.layers().contains(MemoryLayer.M2)) {
            return store.dense(question.userId(), filter, models.name(), vector, limit);
        }
        List<Candidate> found = new ArrayList<>(store.dense(question.userId(),
                filter.only(MemoryLayer.M2), models.factName(), vector, limit));
        Set<MemoryLayer> others = new HashSet<>(filter.layers());
        others.remove(MemoryLayer.M2);
        if (!others.isEmpty()) {
            found.addAll(store.dense(question.userId(), filter.only(others.toArray(MemoryLayer[]::new)), models.name(),
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

    /// The union of what was found, by identity.
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

        void nearness(UUID messageId, float cosine) {
            Row row = byKey.get(new Key(MemoryLayer.M0, messageId));
            if (row != null && Float.isNaN(row.dense)) {
                row.dense = cosine;
            }
        }

        /// A message that was stored meanwhile keeps what the database says of it.
        void addBuffered(String question, List<Message> buffered) {
            float strongest = (float) rows.stream().mapToDouble(row -> row.lexical).max().orElse(0);
            List<Message> fresh = buffered.stream()
                    .filter(message -> !byKey.containsKey(new Key(MemoryLayer.M0, message.id()))).toList();
            float[] words = words(question, fresh);
            float most = 0;
            for (float score : words) {
                most = Math.max(most, score);
            }
            Map<UUID, Long> arrivals = new HashMap<>();
            for (int i = 0; i < fresh.size(); i++) {
                long arrival = arrivals.merge(fresh.get(i).session().sessionId(), 1L, Long::sum);
                Row row = row(candidate(fresh.get(i), arrival));
                row.lexical = most == 0 ? 0 : strongest == 0 ? words[i] : words[i] / most * strongest;
            }
        }

        private static Candidate candidate(Message message, long arrival) {
            // Buffered messages follow all stored ones of their session, in the order of their arrival.
            return new Candidate(MemoryLayer.M0, message.id(), List.of(message.id()), message.session(),
                    message.sequence() == Message.UNASSIGNED ? Long.MIN_VALUE + arrival : message.sequence(),
                    message.content(), 0);
        }

        private static float[] words(String question, List<Message> messages) {
            EntryTable catalog = new EntryTable();
            MemorySegment tail = new MemorySegment();
            for (Message message : messages) {
                IndexEntry entry = new IndexEntry(MemoryLayer.M0, message.id(), message.session().sessionId(),
                        message.sequence(), IndexEntry.micros(message.createdAt()), List.of(), message.content());
                Map<String, Integer> terms = Terms.count(message.content());
                tail.add(catalog.add(entry, terms.values().stream().mapToInt(Integer::intValue).sum()), entry, terms);
            }
            return new Bm25(catalog, List.of(tail)).scores(Terms.count(question).keySet(), Set.of(MemoryLayer.M0));
        }

        Ranking ranking(RankingRules rules, int wanted) {
            float[] lexical = new float[rows.size()];
            float[] dense = new float[rows.size()];
            for (int i = 0; i < rows.size(); i++) {
                lexical[i] = rows.get(i).lexical;
                dense[i] = rows.get(i).dense;
            }
            BitSet scope = new BitSet();
            scope.set(0, rows.size());
            Signals signals = new Signals(lexical, dense, scope,
                    new CandidateNeighbours(rows.stream().map(row -> row.candidate).toList()));
            return new Ranking(Fusion.rank(signals, rules, wanted).stream().map(this::found).toList(), rows.size());
        }

        private ScoredEntry found(Ranked ranked) {
            Candidate candidate = rows.get(ranked.place()).candidate;
            return new ScoredEntry(candidate.layer(), candidate.id(), candidate.messageIds(),
                    candidate.layer() == MemoryLayer.M0 ? Optional.empty() : Optional.of(candidate.content()),
                    ranked.score(), ranked.shares());
        }
    }
}
