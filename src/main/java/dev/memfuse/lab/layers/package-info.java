/// Measures facts and episodes on dialogues whose facts are known.
@NullMarked
package dev.memfuse.lab.layers;

import org.jspecify.annotations.NullMarked;
