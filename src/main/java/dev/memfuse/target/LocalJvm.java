package dev.memfuse.target;

/// A JVM on this machine.
///
/// @param name main class or file of the jar, without arguments, which may contain secrets
/// @param user owner of the process; empty when the system does not tell
public record LocalJvm(long pid, String name, String user) {}
