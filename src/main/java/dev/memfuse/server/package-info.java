/// The HTTP server: start, stop, limits and security. [dev.memfuse.server.rest] answers the requests.
@NullMarked
package dev.memfuse.server;

import org.jspecify.annotations.NullMarked;
