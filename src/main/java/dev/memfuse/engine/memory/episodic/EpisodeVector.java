package dev.memfuse.engine.memory.episodic;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.RoundVectors;

/// The vector of an episode: the normalised mean of the vectors of its chunks. No further text is embedded for it.
///
/// @param model name of the vector
@SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
record EpisodeVector(float[] vector, String model) {

    /// Returns the vector of a round that has chunks. Only vectors of one model are combined: of the wanted one, or of
    /// the first chunk while none is of the wanted one, after a change of the model.
    ///
    /// @param stored vectors of chunks that storage has
    /// @param created chunks that are stored with the episode
    /// @param wanted name of the vectors of the configured model
    static EpisodeVector of(List<RoundVectors.Stored> stored, List<Chunk> created, String wanted) {
        List<RoundVectors.Stored> all = new ArrayList<>(stored);
        created.forEach(chunk -> all.add(new RoundVectors.Stored(chunk.messageIds(), chunk.vector(), chunk.model())));
        String model = all.stream().map(RoundVectors.Stored::model).filter(wanted::equals).findFirst()
                .orElseGet(() -> all.getFirst().model());
        return new EpisodeVector(
                mean(all.stream().filter(one -> one.model().equals(model)).map(RoundVectors.Stored::vector).toList()),
                EmbeddingModels.meanName(model));
    }

    private static float[] mean(List<float[]> vectors) {
        float[] sum = new float[vectors.getFirst().length];
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        double square = 0;
        for (float value : sum) {
            square += (double) value * value;
        }
        if (square == 0) {
            // Opposite vectors have no mean direction.
            return vectors.getFirst().clone();
        }
        float scale = (float) (1 / Math.sqrt(square));
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= scale;
        }
        return sum;
    }
}
