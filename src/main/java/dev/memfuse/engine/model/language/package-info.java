/// Language models behind one interface: asks a server that speaks OpenAI's chat completions, within its limits, and
/// reads the JSON of its answers. Knows nothing of layers; the keys come from the environment alone.
@NullMarked
package dev.memfuse.engine.model.language;

import org.jspecify.annotations.NullMarked;
