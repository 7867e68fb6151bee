/// MemFuse's HTTP API: routes, envelope, documents and their description. Knows requests and replies, not how a server
/// receives them.
@NullMarked
package dev.memfuse.server.rest;

import org.jspecify.annotations.NullMarked;
