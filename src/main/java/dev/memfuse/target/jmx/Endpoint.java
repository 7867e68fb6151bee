package dev.memfuse.target.jmx;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.memfuse.target.Target;
import dev.memfuse.target.TargetAddress;
import dev.memfuse.target.TargetException;
import dev.memfuse.target.TargetException.Kind;
import org.jspecify.annotations.Nullable;

/// The place where a target is reached. Follows a process that is started again: the JVM with the same command is its
/// successor. One thread.
final class Endpoint {
    private final LocalAttach attach;
    private Target target;
    /// Address of the management agent of the process; null before the first attachment.
    private @Nullable String url;
    private Optional<Instant> started = Optional.empty();
    private String command = "";
    private String name;

    Endpoint(Target target, LocalAttach attach) {
        this.target = target;
        this.attach = attach;
        name = target.address().toString();
    }

    /// Returns the target, with the number of the process of now.
    Target target() {
        return target;
    }

    /// Returns main class or `host:port`.
    String name() {
        return name;
    }

    /// Returns the address of the MBean server; blocks for some seconds at most.
    ///
    /// @throws TargetException when there is none
    String url() throws InterruptedException {
        return switch (target.address()) {
            case TargetAddress.Remote remote -> remote.url();
            case TargetAddress.Local process -> local(process.pid());
        };
    }

    private String local(long pid) throws InterruptedException {
        String known = url;
        if (known != null && isSame(pid)) {
            // Not attached again: a stopped process would hold the attachment.
            return known;
        }
        long next = known == null ? pid : successor(pid);
        String found = attach.address(next);
        Optional<LocalJvms.Entry> entry = LocalJvms.find(next);
        started = start(next);
        if (entry.isPresent()) {
            command = entry.get().command();
            name = entry.get().jvm().name();
        }
        target = new Target(new TargetAddress.Local(next), target.credentials(), target.ssl());
        url = found;
        return found;
    }

    private boolean isSame(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && start(pid).equals(started);
    }

    private static Optional<Instant> start(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
    }

    private long successor(long pid) {
        List<LocalJvms.Entry> alike = command.isEmpty()
                ? List.of()
                : LocalJvms.list().stream()
                        .filter(entry -> entry.command().equals(command) && entry.jvm().pid() != pid).toList();
        if (alike.size() == 1) {
            return alike.getFirst().jvm().pid();
        }
        throw new TargetException(Kind.GONE, alike.isEmpty()
                ? "Process " + pid + " has ended, and no other JVM runs with the same command."
                : "Process " + pid + " has ended, and " + alike.size()
                        + " JVMs run with the same command. Connect to one of them.");
    }
}
