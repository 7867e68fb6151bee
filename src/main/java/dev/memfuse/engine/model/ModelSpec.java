package dev.memfuse.engine.model;

import dev.memfuse.config.section.EmbeddingModelKind;

/// Description of an included model.
///
/// @param name name and version, stored with each vector
/// @param weights path of the ONNX file on the class path
/// @param tokenizer path of the tokenizer's description on the class path
/// @param pooling method that combines the states of the word pieces
record ModelSpec(String name, String weights, String tokenizer, Pooling pooling) {

    /// Method that combines the last hidden states to one vector.
    enum Pooling {
        /// The mean over all word pieces (Reimers, Gurevych 2019).
        MEAN,
        /// The state of the first word piece, `[CLS]`, used to train BGE (Xiao et al. 2023).
        FIRST
    }

    /// Returns the way in which the preceding message is part of vectors of chunks.
    PrecedingSentence preceding() {
        return switch (pooling) {
            case MEAN -> PrecedingSentence.ADDED;
            case FIRST -> PrecedingSentence.JOINED;
        };
    }

    /// Returns the description of a model.
    static ModelSpec of(EmbeddingModelKind kind) {
        return switch (kind) {
            case ALL_MINILM_L6_V2 -> new ModelSpec("all-MiniLM-L6-v2-q@1", "/all-minilm-l6-v2-q.onnx",
                    "/all-minilm-l6-v2-q-tokenizer.json", Pooling.MEAN);
            case BGE_SMALL_EN_V15 -> new ModelSpec("bge-small-en-v1.5-q@1", "/bge-small-en-v1.5-q.onnx",
                    "/bge-small-en-v1.5-q-tokenizer.json", Pooling.FIRST);
        };
    }
}
