/// Why a query returned what it returned. Used by the window and the command line alike. Uses the API of the engine
/// only.
@NullMarked
package dev.memfuse.inspect;

import org.jspecify.annotations.NullMarked;
