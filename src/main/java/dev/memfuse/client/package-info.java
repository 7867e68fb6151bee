/// A client of MemFuse's API over HTTP: of this program's server, or of any other that has the API.
@NullMarked
package dev.memfuse.client;

import org.jspecify.annotations.NullMarked;
