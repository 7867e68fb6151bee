/// Language models: a client of servers with OpenAI's chat completions, with rate limits, and a reader of JSON answers.
/// Independent of the layers; API keys come from the environment only.
@NullMarked
package dev.memfuse.engine.model.language;

import org.jspecify.annotations.NullMarked;
