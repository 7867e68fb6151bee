/// Comparison of two arms by interleaved blocks: plan, execution, judgement and result.
@NullMarked
package dev.memfuse.lab.compare;

import org.jspecify.annotations.NullMarked;
