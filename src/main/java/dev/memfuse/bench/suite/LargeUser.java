package dev.memfuse.bench.suite;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.StoredRound;

/// Makes a user with many turns and a vector for each: straight into storage, with vectors drawn at random, since a
/// million real ones would take half an hour. Scoring costs the same.
final class LargeUser {
    private static final int BATCH = 1_000;
    private static final int DIMENSION = 384;
    private static final Duration PLANNED_FOR_A_BATCH = Duration.ofMillis(200);

    private final BenchTarget ground;
    private final SplittableRandom random = new SplittableRandom(1);

    LargeUser(BenchTarget ground) {
        this.ground = ground;
    }

    /// About how long it takes, with the first query, which reads what was stored.
    static Duration planned(int size) {
        return PLANNED_FOR_A_BATCH.multipliedBy((size + BATCH - 1) / BATCH);
    }

    /// @return the user, with fewer turns when the watch says to stop
    UUID make(int size, BenchWatch watch) {
        SessionKey session = NewSessions.one(ground.engine());
        for (int from = 0; from < size && !watch.stopped(); from += BATCH) {
            List<NewMessage> batch = SampleTexts.batch(from, Math.min(BATCH, size - from));
            ground.store().store(session.userId(),
                    List.of(new StoredRound(UuidCreator.getTimeOrderedEpochPlus1(), session, Instant.now(), batch,
                            List.of(), chunks(batch), Set.of())),
                    Duration.ZERO);
            watch.passed(PLANNED_FOR_A_BATCH);
        }
        return session.userId();
    }

    private List<Chunk> chunks(List<NewMessage> batch) {
        // The name that the index expects; else it would embed every turn again.
        String model = EmbeddingModels.chunkName(ground.tunables().get().embedding());
        List<Chunk> chunks = new ArrayList<>();
        for (NewMessage message : batch) {
            chunks.add(new Chunk(UuidCreator.getTimeOrderedEpochPlus1(), List.of(message.id()), message.content(),
                    "message", 1, vector(), model));
        }
        return chunks;
    }

    private float[] vector() {
        float[] vector = new float[DIMENSION];
        double square = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (random.nextDouble() - 0.5);
            square += vector[i] * vector[i];
        }
        float scale = (float) (1 / Math.sqrt(square));
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] *= scale;
        }
        return vector;
    }
}
