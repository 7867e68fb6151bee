/// What the pages of experiments share: they start, follow and cancel one in the same way.
@NullMarked
package dev.memfuse.console.lab.experiment;

import org.jspecify.annotations.NullMarked;
