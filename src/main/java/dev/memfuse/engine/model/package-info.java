/// Embedding models, run in process by ONNX Runtime on platform threads.
@NullMarked
package dev.memfuse.engine.model;

import org.jspecify.annotations.NullMarked;
