/// A SIMULATOR of a language model's server: implements OpenAI's chat completions on the loopback address, with a
/// latency distribution and an error rate, so that load experiments use real HTTP. Simple rules make the answers from
/// the prompt; figures measured with it do not describe the quality of a model.
@NullMarked
package dev.memfuse.lab.simulator;

import org.jspecify.annotations.NullMarked;
