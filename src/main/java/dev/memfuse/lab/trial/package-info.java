/// Loads under settings that are put in force for their time: what sweeps and other experiments are made of.
@NullMarked
package dev.memfuse.lab.trial;

import org.jspecify.annotations.NullMarked;
