/// The Advice page: what should be changed, tried as an experiment, and the tab that tunes.
@NullMarked
package dev.memfuse.console.lab.advice;

import org.jspecify.annotations.NullMarked;
