package dev.memfuse.engine.model;

import dev.memfuse.config.section.EmbeddingModelKind;

/// What is to be known of a model that comes with the program.
///
/// @param name name and version, as stored beside each vector
/// @param weights place of the ONNX file on the class path
/// @param tokenizer place of the tokenizer's description on the class path
/// @param pooling how the states of the word pieces become one vector
record ModelSpec(String name, String weights, String tokenizer, Pooling pooling) {

    /// From the last hidden states to one vector.
    enum Pooling {
        /// The mean over all word pieces (Reimers, Gurevych 2019).
        MEAN,
        /// The state of the first word piece, `[CLS]`, as BGE was trained (Xiao et al. 2023).
        FIRST
    }

    static ModelSpec of(EmbeddingModelKind kind) {
        return switch (kind) {
            case ALL_MINILM_L6_V2 -> new ModelSpec("all-MiniLM-L6-v2-q@1", "/all-minilm-l6-v2-q.onnx",
                    "/all-minilm-l6-v2-q-tokenizer.json", Pooling.MEAN);
            case BGE_SMALL_EN_V15 -> new ModelSpec("bge-small-en-v1.5-q@1", "/bge-small-en-v1.5-q.onnx",
                    "/bge-small-en-v1.5-q-tokenizer.json", Pooling.FIRST);
        };
    }
}
