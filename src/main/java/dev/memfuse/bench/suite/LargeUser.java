package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;

/// Creates a user with many turns and a random vector for each, directly in storage. A million real vectors would take
/// half an hour, and scoring random ones costs the same.
final class LargeUser {
    private static final int BATCH = 1_000;
    static final int DIMENSION = 384;
    private static final Duration PLANNED_FOR_A_BATCH = Duration.ofMillis(200);

    private final BenchTarget target;
    private final Consumer<float[]> vectors;
    private final SplittableRandom random = new SplittableRandom(1);

    LargeUser(BenchTarget target) {
        this(target, _ -> {});
    }

    /// @param vectors receives each vector that is stored
    LargeUser(BenchTarget target, Consumer<float[]> vectors) {
        this.target = target;
        this.vectors = vectors;
    }

    /// Returns the estimated duration of [#make] and of the first query, which loads the index.
    static Duration planned(int size) {
        return PLANNED_FOR_A_BATCH.multipliedBy((size + BATCH - 1) / BATCH);
    }

    /// Stores a new user and returns its id; the user has fewer turns when the watch was stopped.
    ///
    /// @param size number of turns
    UUID make(int size, BenchWatch watch) {
        SessionKey session = NewSessions.one(target.engine());
        for (int from = 0; from < size && !watch.stopped(); from += BATCH) {
            List<NewMessage> batch = SampleTexts.batch(from, Math.min(BATCH, size - from));
            target.store(session, batch, Stream.generate(this::vector).limit(batch.size()).peek(vectors).toList());
            watch.passed(PLANNED_FOR_A_BATCH);
        }
        return session.userId();
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
