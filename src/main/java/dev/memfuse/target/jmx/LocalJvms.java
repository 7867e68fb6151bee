package dev.memfuse.target.jmx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import dev.memfuse.target.LocalJvm;

/// The JVMs of this machine, without a connection to them.
final class LocalJvms {
    /// @param command whole command line, which may contain secrets: never shown, compared only
    record Entry(LocalJvm jvm, String command) {}

    private LocalJvms() {}

    /// Returns the JVMs that accept an attachment, this one excepted, by number. JVMs of other users are missing,
    /// unless this process may read their data.
    static List<Entry> list() {
        long own = ProcessHandle.current().pid();
        return VirtualMachine.list().stream().filter(found -> found.id().matches("[0-9]{1,18}"))
                .map(LocalJvms::entry).filter(entry -> entry.jvm().pid() != own)
                .sorted(Comparator.comparingLong(entry -> entry.jvm().pid())).toList();
    }

    private static Entry entry(VirtualMachineDescriptor found) {
        long pid = Long.parseLong(found.id());
        return new Entry(new LocalJvm(pid, name(found.displayName()), user(pid)), found.displayName());
    }

    /// Returns main class or jar of a command line.
    static String name(String command) {
        String first = command.strip().split("\\s", 2)[0];
        String file = first.endsWith(".jar") ? first.substring(first.lastIndexOf('/') + 1) : first;
        return file.isEmpty() ? "JVM without a name" : file;
    }

    /// Returns the owner of a process; empty when the system does not tell.
    static String user(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().user()).orElse("");
    }

    /// Returns the entry of a process.
    static Optional<Entry> find(long pid) {
        return list().stream().filter(entry -> entry.jvm().pid() == pid).findFirst();
    }

    /// Returns whether a process is a JVM. To attach to another process would send it a signal that ends some programs,
    /// PostgreSQL among them.
    static boolean isJvm(ProcessHandle process) {
        if (find(process.pid()).isPresent()) {
            return true;
        }
        Path maps = Path.of("/proc", Long.toString(process.pid()), "maps");
        if (Files.isReadable(maps)) {
            try (Stream<String> lines = Files.lines(maps)) {
                return lines.anyMatch(line -> line.contains("libjvm"));
            } catch (IOException | UncheckedIOException _) {
                return false;
            }
        }
        return process.info().command().map(Path::of).map(Path::getFileName).map(Path::toString)
                .filter(name -> name.matches("javaw?(\\.exe)?")).isPresent();
    }
}
