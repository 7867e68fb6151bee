/// What is known about the effect of single settings on this machine, and the comparison that measures one.
@NullMarked
package dev.memfuse.lab.effect;

import org.jspecify.annotations.NullMarked;
