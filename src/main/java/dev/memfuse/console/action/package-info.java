/// The actions of the window by id, and the keys that run them.
@NullMarked
package dev.memfuse.console.action;

import org.jspecify.annotations.NullMarked;
