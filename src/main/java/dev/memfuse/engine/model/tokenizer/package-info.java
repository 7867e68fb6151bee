/// Tokenizers of embedding models, in Java: word pieces with BERT's basic tokenization; and the vocabularies of chat
/// models, to count tokens. Without native code, so that no text can crash the process and no library is unpacked or
/// downloaded.
@NullMarked
package dev.memfuse.engine.model.tokenizer;

import org.jspecify.annotations.NullMarked;
