/// The History page.
@NullMarked
package dev.memfuse.console.lab.history;

import org.jspecify.annotations.NullMarked;
