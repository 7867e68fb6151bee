/// A SIMULATOR of a language model's server: speaks OpenAI's chat completions on the loopback address, with a latency
/// distribution and an error rate, so that load experiments go the real way over HTTP. Its answers are made by simple rules
/// from what it is asked; nothing measured with it says anything about the quality of a model.
@NullMarked
package dev.memfuse.lab.simulator;

import org.jspecify.annotations.NullMarked;
