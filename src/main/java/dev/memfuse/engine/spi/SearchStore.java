package dev.memfuse.engine.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;

/// Ranking inside the database (`retrieval.backend: postgres`), for several processes on one store. Thread-safe; every
/// method blocks; every statement names the user. Exact within a user: data of other users do not reduce recall.
public interface SearchStore {

    /// Returns why this database cannot rank, a sentence with the remedy; empty when it can.
    Optional<String> problem();

    /// Returns the best entries by vector, best first; scores are cosine similarities.
    ///
    /// @param model name and version of the embedding model; vectors of other models are ignored
    /// @param query normalised vector
    /// @param limit maximum number of entries of each layer
    List<Candidate> dense(UUID userId, QueryFilter filter, String model, float[] query, int limit);

    /// Returns the best entries by terms, best first; scores are positive and comparable within one result.
    ///
    /// @param limit maximum number of entries of each layer
    List<Candidate> lexical(UUID userId, QueryFilter filter, String text, int limit);

    /// Returns a store that cannot rank.
    ///
    /// @param problem reason, a sentence with the remedy
    static SearchStore unavailable(String problem) {
        return new SearchStore() {
            @Override
            public Optional<String> problem() {
                return Optional.of(problem);
            }

            @Override
            public List<Candidate> dense(UUID userId, QueryFilter filter, String model, float[] query, int limit) {
                throw new EngineException(problem);
            }

            @Override
            public List<Candidate> lexical(UUID userId, QueryFilter filter, String text, int limit) {
                throw new EngineException(problem);
            }
        };
    }

    /// A matching message, chunk or fact.
    ///
    /// @param id of the message (M0), chunk (M1) or fact (M2)
    /// @param messageIds source messages; a message is its own source
    /// @param session session of its first source message
    /// @param sequence position of its first source message in the session
    /// @param content its text
    record Candidate(MemoryLayer layer, UUID id, List<UUID> messageIds, SessionKey session, long sequence,
            String content, Details details, double score) {

        /// Details of the text.
        ///
        /// @param createdAt time of its first source message
        /// @param terms number of its terms
        public record Details(Instant createdAt, int terms) {}
    }
}
