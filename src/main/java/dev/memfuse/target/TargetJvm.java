package dev.memfuse.target;

/// Identity of a connected JVM.
///
/// @param name main class, or `host:port` of a remote one
/// @param pid number of the process on its machine; 0 when it does not tell
/// @param version name and version of the virtual machine
public record TargetJvm(String name, long pid, String version) {
    /// Returns name and process, for messages.
    public String label() {
        return pid == 0 ? name : name + " (process " + pid + ")";
    }
}
