/// The Server page: switch of the server over HTTP, its requests and clients, and the keys.
@NullMarked
package dev.memfuse.console.server;

import org.jspecify.annotations.NullMarked;
