package dev.memfuse.engine.model;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.function.Function;

/// The way in which the last sentence of the preceding message is part of the vector of a text, so that "Yes, since
/// March" has a vector near the question it answers. Only the last sentence: questions are mostly there, and the whole
/// message does not improve retrieval (ADR 0011).
///
/// The name of a way is part of the names of its vectors: it must change with every change that changes vectors.
enum PrecedingSentence {
    /// The sentence is embedded in front of the text: for vectors that are the state of one word piece.
    JOINED("+context1") {
        @Override
        List<float[]> embed(EmbeddingModel model, List<Passage> passages,
                Function<List<String>, List<Encoding>> encoder) {
            return encoder.apply(texts(model, passages)).stream().map(Encoding::vector).toList();
        }

        @Override
        List<String> texts(EmbeddingModel model, List<Passage> passages) {
            return passages.stream().map(passage -> joined(model, passage)).toList();
        }
    },

    /// The states of the sentence are added to those of the text: for vectors that are the mean of all states. They
    /// come from the preceding message itself where that is embedded in the same call, so each word goes through the
    /// model once (ADR 0077, after "late chunking", Günther et al. 2024).
    ADDED("+context2") {
        @Override
        List<float[]> embed(EmbeddingModel model, List<Passage> passages,
                Function<List<String>, List<Encoding>> encoder) {
            List<String> texts = texts(model, passages);
            List<Encoding> encodings = encoder.apply(texts);
            Map<String, Encoding> byText = new HashMap<>();
            for (int i = 0; i < texts.size(); i++) {
                byText.put(texts.get(i), encodings.get(i));
            }
            return passages.stream().map(passage -> vector(model, passage, byText)).toList();
        }

        @Override
        List<String> texts(EmbeddingModel model, List<Passage> passages) {
            SequencedSet<String> texts = new LinkedHashSet<>();
            passages.forEach(passage -> texts.add(passage.text()));
            List<String> alone = passages.stream().map(Passage::before).filter(before -> !before.isBlank())
                    .filter(before -> !texts.contains(before) || !model.fits(before)).map(LastSentence::of).toList();
            texts.addAll(alone);
            return List.copyOf(texts);
        }
    };

    private final String version;

    PrecedingSentence(String version) {
        this.version = version;
    }

    /// Returns the part of the names of the vectors.
    String version() {
        return version;
    }

    /// Returns the normalised vectors of passages, in their order.
    ///
    /// @param encoder encodes texts, in their order
    abstract List<float[]> embed(EmbeddingModel model, List<Passage> passages,
            Function<List<String>, List<Encoding>> encoder);

    /// Returns the texts that [#embed] has encoded.
    abstract List<String> texts(EmbeddingModel model, List<Passage> passages);

    /// Returns both texts, or the text alone when both exceed the window.
    private static String joined(EmbeddingModel model, Passage passage) {
        if (passage.before().isBlank()) {
            return passage.text();
        }
        String joined = LastSentence.of(passage.before()) + "\n" + passage.text();
        return model.fits(joined) ? joined : passage.text();
    }

    private static float[] vector(EmbeddingModel model, Passage passage, Map<String, Encoding> byText) {
        Encoding text = Objects.requireNonNull(byText.get(passage.text()));
        String before = passage.before();
        if (before.isBlank()) {
            return text.vector();
        }
        Encoding preceding = byText.get(before);
        // Of a message beyond the window the model has not seen the end.
        return text.after(preceding != null && model.fits(before)
                ? preceding
                : Objects.requireNonNull(byText.get(LastSentence.of(before))));
    }
}
