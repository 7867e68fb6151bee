package dev.memfuse.store.plan;

import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.IndexVisitor;
import dev.memfuse.engine.spi.MemoryStore;
import org.jspecify.annotations.Nullable;

/// A stored vector, as a query has one.
///
/// @param model name of the model that made it
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
record SampleVector(String model, float[] values) {
    /// Stands for the vector of a user without vectors: no statement finds anything by it.
    private static final SampleVector NONE = new SampleVector("none", new float[]{1, 0});

    /// Returns the first vector of a user; one that finds nothing when the user has none.
    static SampleVector of(MemoryStore store, UUID userId) {
        First first = new First(1, false);
        store.index().read(userId, first);
        SampleVector found = first.found;
        return found == null ? NONE : found;
    }

    /// Reads the first entries with a vector, and the ids of the others.
    static final class First implements IndexVisitor {
        private final boolean messages;
        private int left;
        private @Nullable SampleVector found;

        /// @param entries maximum number of entries that are read in full
        /// @param messages whether messages are among them, which have their vectors apart
        First(int entries, boolean messages) {
            this.left = entries;
            this.messages = messages;
        }

        private boolean take() {
            left--;
            return left >= 0;
        }

        @Override
        public void erased(long time) {}

        @Override
        public boolean needs(MemoryLayer layer, UUID id, long edited) {
            return (messages || layer != MemoryLayer.M0) && take();
        }

        @Override
        public void message(Message message) {}

        @Override
        public boolean needsVector(UUID messageId) {
            return messages || take();
        }

        @Override
        public void vector(UUID messageId, float[] vector, String model) {
            found = new SampleVector(model, vector);
        }

        @Override
        public void chunk(Chunk chunk) {
            found = new SampleVector(chunk.model(), chunk.vector());
        }

        @Override
        public void fact(Fact fact) {
            found = new SampleVector(fact.model(), fact.vector());
        }
    }
}
