/// The network between the connection pool and PostgreSQL: a TCP proxy on loopback that delays and limits traffic, and
/// breaks it on request.
///
/// [dev.memfuse.fault.NetworkService] decides for each new connection whether it leads through a proxy. A proxy moves
/// bytes as they are and knows no protocol, so that encryption and authentication pass through. Bytes of one direction
/// of a connection travel in a `DelayLine`, which keeps their order and delays all of them at once, like a cable.
@NullMarked
package dev.memfuse.fault;

import org.jspecify.annotations.NullMarked;
