package dev.memfuse.target.jmx;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.target.TargetException;
import dev.memfuse.target.TargetException.Kind;

/// Starts the management agent of a process of this machine, and returns its address. Thread-safe.
final class LocalAttach {
    private static final String REMOTE = "Start it with -Dcom.sun.management.jmxremote.port and connect to host:port.";
    private final Duration limit;
    /// Attachments under way. One to a stopped process ends only when the process goes on, so there is one at most.
    private final Map<Long, FutureTask<String>> running = new ConcurrentHashMap<>();

    /// @param limit time of an attachment
    LocalAttach(Duration limit) {
        this.limit = limit;
    }

    /// Returns the address of the management agent of a process.
    ///
    /// @throws TargetException when there is none
    String address(long pid) throws InterruptedException {
        check(pid);
        FutureTask<String> task = new FutureTask<>(() -> attach(pid));
        FutureTask<String> earlier = running.putIfAbsent(pid, task);
        if (earlier == null) {
            // A platform thread: the native call would hold the carrier of a virtual one.
            BackgroundThreads.platform("target-attach").start(() -> {
                try {
                    task.run();
                } finally {
                    running.remove(pid, task);
                }
            });
        }
        try {
            return (earlier == null ? task : earlier).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw silent(pid, e);
        } catch (ExecutionException e) {
            throw failure(pid, e.getCause() == null ? e : e.getCause());
        }
    }

    private TargetException silent(long pid, Throwable cause) {
        return new TargetException(Kind.SILENT, "Process " + pid + " does not answer within " + limit.toSeconds()
                + " s. It may be stopped or very busy; try again when it runs.", cause);
    }

    private static void check(long pid) {
        if (pid == ProcessHandle.current().pid()) {
            throw new TargetException(Kind.REFUSED,
                    "Process " + pid + " is this program. The page Pool shows its own pool.");
        }
        ProcessHandle process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive)
                .orElseThrow(() -> new TargetException(Kind.GONE, "There is no process " + pid + "."));
        Optional<String> owner = process.info().user();
        String own = ProcessHandle.current().info().user().orElse(System.getProperty("user.name", ""));
        if (owner.isPresent() && !owner.get().equals(own) && !own.equals("root")) {
            throw new TargetException(Kind.REFUSED, otherUser(pid, owner.get()));
        }
        if (!LocalJvms.isJvm(process)) {
            throw new TargetException(Kind.REFUSED, "Process " + pid + " is no JVM.");
        }
    }

    /// Returns the sentence for a process of another user.
    static String otherUser(long pid, String owner) {
        return "Process " + pid + " belongs to the user " + owner + ", and a JVM accepts its own user only. Run this "
                + "program as " + owner + ", or connect to host:port.";
    }

    private static String attach(long pid) throws AttachNotSupportedException, IOException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
            return machine.startLocalManagementAgent();
        } finally {
            machine.detach();
        }
    }

    private TargetException failure(long pid, Throwable cause) {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return new TargetException(Kind.GONE, "Process " + pid + " has ended.", cause);
        }
        String message = String.valueOf(cause.getMessage());
        if (message.contains("does not support the attach mechanism")) {
            return new TargetException(Kind.REFUSED, "Process " + pid + " refuses to be attached to "
                    + "(-XX:+DisableAttachMechanism). " + REMOTE, cause);
        }
        if (message.contains("doesn't respond")) {
            return silent(pid, cause);
        }
        return new TargetException(Kind.REFUSED, "Process " + pid + " cannot be attached to (" + message + "). "
                + REMOTE, cause);
    }
}
