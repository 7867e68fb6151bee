package dev.memfuse.target;

import java.util.Optional;

/// A JVM to connect to, and how.
///
/// @param credentials user and password of a remote JVM; empty for none
/// @param ssl whether the registry at the address is reached over SSL too; the connection itself follows the target
public record Target(TargetAddress address, Optional<Credentials> credentials, boolean ssl) {
    /// Creates a target without user, password and SSL.
    public Target(TargetAddress address) {
        this(address, Optional.empty(), false);
    }
}
