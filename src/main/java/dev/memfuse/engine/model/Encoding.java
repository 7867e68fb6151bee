package dev.memfuse.engine.model;

/// What a model knows of a text: its vector, and the part of it that comes from the last sentence. The arrays are not
/// copied: nobody may change them.
public final class Encoding {
    private final float[] vector;
    private final double length;
    private final float[] end;

    /// @param vector the normalised sum of the states of the word pieces
    /// @param length the length of this sum before it was normalised
    /// @param end sum of the states of the last sentence, in the context of its text; not normalised
    Encoding(float[] vector, double length, float[] end) {
        this.vector = vector;
        this.length = length;
        this.end = end;
    }

    /// Returns the normalised vector of both sums.
    ///
    /// @param sum sum of the states of the text
    /// @param end sum of the states of its last sentence
    static Encoding of(float[] sum, float[] end) {
        double length = length(sum);
        return new Encoding(scaled(sum, length), length, end);
    }

    /// Returns the normalised vector of this text alone.
    float[] vector() {
        return vector;
    }

    /// Returns the normalised vector of this text behind another one, whose last sentence counts as if its word pieces
    /// belonged to this text.
    float[] after(Encoding before) {
        float[] sum = new float[vector.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (float) (vector[i] * length) + before.end[i];
        }
        return scaled(sum, length(sum));
    }

    private static double length(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += (double) value * value;
        }
        return Math.sqrt(square);
    }

    private static float[] scaled(float[] vector, double length) {
        float scale = length == 0 ? 0 : (float) (1 / length);
        float[] scaled = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            scaled[i] = vector[i] * scale;
        }
        return scaled;
    }
}
