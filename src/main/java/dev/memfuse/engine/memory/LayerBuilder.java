package dev.memfuse.engine.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.config.ChunkStrategy;
import dev.memfuse.engine.Chunk;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.Layer;
import dev.memfuse.engine.MemoryStore;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingPool;

/// Builds one layer from one stored round. Blocks for the model and the store; holds no connection across a model call.
public final class LayerBuilder implements LayerWork {
    private final MemoryStore store;
    private final Supplier<EmbeddingModel> model;
    private final EmbeddingPool pool;
    private final ChunkMaker chunks;
    private final Supplier<ChunkStrategy> strategy;
    private final BuiltLayers built;
    private final FactExtractor facts = new FactExtractor();

    /// @param built is told of what was made for a user, so that its index need not embed it again
    public LayerBuilder(MemoryStore store, Supplier<EmbeddingModel> model, EmbeddingPool pool,
            Supplier<ChunkStrategy> strategy, BuiltLayers built) {
        this.store = store;
        this.model = model;
        this.pool = pool;
        this.chunks = new ChunkMaker(pool);
        this.strategy = strategy;
        this.built = built;
    }

    @Override
    public void build(Layer layer, SessionKey session, UUID roundId) {
        List<Message> messages = store.round(session.userId(), roundId);
        switch (layer) {
            case M1 -> buildM1(session, roundId, messages);
            case M2 -> buildM2(session, roundId, messages);
        }
    }

    private void buildM1(SessionKey session, UUID roundId, List<Message> messages) {
        List<Chunk> made = messages.isEmpty()
                ? List.of()
                : chunks.make(messages.stream().map(ChunkMaker.Text::of).toList(), strategy.get(), model.get());
        store.storeChunks(session, roundId, made);
        built.chunks(session.userId(), made);
    }

    private void buildM2(SessionKey session, UUID roundId, List<Message> messages) {
        List<FactExtractor.Statement> statements = new ArrayList<>();
        List<UUID> sources = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() != Role.SYSTEM) {
                for (FactExtractor.Statement statement : facts.extract(message.content())) {
                    statements.add(statement);
                    sources.add(message.id());
                }
            }
        }
        List<Fact> made = new ArrayList<>();
        if (!statements.isEmpty()) {
            EmbeddingModel encoder = model.get();
            List<float[]> vectors = pool.embed(encoder,
                    statements.stream().map(FactExtractor.Statement::content).toList());
            for (int i = 0; i < statements.size(); i++) {
                FactExtractor.Statement statement = statements.get(i);
                made.add(new Fact(UuidCreator.getTimeOrderedEpochPlus1(), List.of(sources.get(i)), statement.content(),
                        statement.type(), statement.confidence(), statement.entities(), vectors.get(i),
                        encoder.name()));
            }
        }
        store.storeFacts(session, roundId, made);
        built.facts(session.userId(), made);
    }
}
