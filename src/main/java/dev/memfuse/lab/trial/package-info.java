/// Loads under settings that are put in force for their time, and the arms that such settings make: what comparisons,
/// sweeps and scorecards are made of.
@NullMarked
package dev.memfuse.lab.trial;

import org.jspecify.annotations.NullMarked;
