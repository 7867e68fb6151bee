package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.memfuse.file.FileFailures;
import dev.memfuse.postgres.program.ServerStartException;
import org.jspecify.annotations.Nullable;

/// Recognizes the cause of a failed start from the output and the log of PostgreSQL, and describes problem and advice.
final class StartFailure {
    /// A disk with less free space counts as full, since the log message about it may be missing.
    private static final long FULL_BELOW_BYTES = 8L << 20;
    private static final int LOG_TAIL_CHARS = 4000;
    private static final int LONGEST_REASON = 200;

    private enum Cause {
        DISK_FULL("No space left on device|not enough space on the disk|Disk quota exceeded"),
        PORT_TAKEN("could not bind IPv4 address|could not create any TCP/IP sockets"),
        STILL_RUNNING("pre-existing shared memory block|lock file \"postmaster.pid\" already exists"),
        OTHER_VERSION("was initialized by PostgreSQL version|database files are incompatible with server"),
        NOT_PERMITTED(
                "Permission denied|Operation not permitted|Read-only file system|has wrong ownership"
                        + "|has invalid permissions|has group or world access|must be started under"),
        MEMORY("Cannot allocate memory|could not map anonymous shared memory"),
        LIBRARIES("error while loading shared libraries|Library not loaded|cannot execute binary file");

        private final Pattern pattern;

        Cause(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }
    }

    private final Path folder;

    /// @param folder data folder, for the messages
    StartFailure(Path folder) {
        this.folder = folder;
    }

    /// Returns whether another attempt may succeed: another process took the port, or child processes of a killed
    /// server have not ended yet.
    static boolean isTransient(String output) {
        return isPortTaken(output) || Cause.STILL_RUNNING.pattern.matcher(output).find();
    }

    /// Returns whether the port was in use.
    static boolean isPortTaken(String output) {
        return Cause.PORT_TAKEN.pattern.matcher(output).find();
    }

    /// Returns the exception for a program that failed.
    ///
    /// @param action completes "PostgreSQL could not …": "create the database"
    /// @param output output of the program and end of the server's log
    ServerStartException of(String action, String output) {
        for (Cause cause : Cause.values()) {
            if (cause.pattern.matcher(output).find()) {
                return describe(cause, output, null);
            }
        }
        return isDiskFull() ? describe(Cause.DISK_FULL, output, null) : unknown(action, reason(output), output, null);
    }

    /// Returns the exception for a file that could not be read or written.
    ServerStartException of(String action, IOException failure) {
        String text = failure.toString();
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return new ServerStartException(failure.getMessage() + " is a file where a folder is needed.",
                    "Move it away, or choose another folder with --data-dir.", text, failure);
        }
        if (failure instanceof AccessDeniedException || Cause.NOT_PERMITTED.pattern.matcher(text).find()) {
            return describe(Cause.NOT_PERMITTED, text, failure);
        }
        return Cause.DISK_FULL.pattern.matcher(text).find() || isDiskFull()
                ? describe(Cause.DISK_FULL, text, failure)
                : unknown(action, reason(failure), text, failure);
    }

    private ServerStartException describe(Cause cause, String detail, @Nullable Throwable failure) {
        List<String> sentences = switch (cause) {
            case DISK_FULL -> List.of("The disk with " + folder + " is full.",
                    "Free some space (a new database needs about 200 MB) or choose another folder with --data-dir.");
            case PORT_TAKEN -> List.of("No free port was found for PostgreSQL on this machine.",
                    "Check whether a security program forbids listening on 127.0.0.1, then try again.");
            case STILL_RUNNING -> List.of("Another PostgreSQL server still uses " + folder + ".",
                    "Stop that server, or choose another folder with --data-dir.");
            case OTHER_VERSION -> otherVersion("another version");
            case NOT_PERMITTED -> List.of("The folder " + folder + " may not be used by this account.",
                    "Give the account the right to read and write it, or choose another folder with --data-dir.");
            case MEMORY -> List.of("There is not enough memory to start PostgreSQL.",
                    "Close other programs, or connect to another server with --db.");
            case LIBRARIES -> List.of("The PostgreSQL that comes with MemFuse does not run on this system.",
                    "Connect to an installed PostgreSQL 15 or newer with --db.");
        };
        return new ServerStartException(sentences.get(0), sentences.get(1), detail, failure);
    }

    private List<String> otherVersion(String version) {
        return List.of(
                "The folder " + folder + " holds data of PostgreSQL " + version + ", which this version cannot read.",
                "Choose another folder with --data-dir, or transfer the data with the pg_dump of that version.");
    }

    /// Returns the exception for a cluster of another major version.
    ServerStartException otherVersion(String found, String detail) {
        List<String> sentences = otherVersion(found);
        return new ServerStartException(sentences.get(0), sentences.get(1), detail, null);
    }

    private ServerStartException unknown(String action, String reason, String detail, @Nullable Throwable failure) {
        return new ServerStartException(
                "PostgreSQL could not " + action + " in " + folder + (reason.isEmpty() ? "" : ": " + reason) + ".",
                (reason.isEmpty() ? "The log may name the cause; another" : "Another")
                        + " folder (--data-dir) or another server (--db) may help for now.",
                detail, failure);
    }

    /// The reason of a missing folder alone would not say which one.
    private static String reason(IOException failure) {
        String reason = FileFailures.reason(failure);
        return failure instanceof FileSystemException e && e.getFile() != null
                ? e.getFile() + " cannot be created or read: " + reason
                : reason;
    }

    /// Returns the cause in the output of PostgreSQL: its last fatal line, else its last line; empty without any.
    private static String reason(String output) {
        return output.lines().filter(line -> line.contains("FATAL") || line.contains("error:"))
                .reduce((first, second) -> second)
                .or(() -> output.lines().filter(line -> !line.isBlank()).reduce((first, second) -> second))
                .map(line -> line.replaceFirst("^.*(FATAL|error): *", "").strip().replaceFirst("\\.$", ""))
                .map(line -> line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 1) + "…")
                .orElse("");
    }

    private boolean isDiskFull() {
        try {
            Path existing = folder;
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            FileStore disk = Files.getFileStore(existing);
            // Virtual file systems of the operating system report no space at all, and are not full.
            return disk.getTotalSpace() > 0 && disk.getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /// Returns the end of the server's log.
    ///
    /// @param from offset before which nothing is read
    static String tail(Path log, long from) {
        try (var channel = Files.newByteChannel(log)) {
            long start = Math.max(Math.min(from, channel.size()), channel.size() - LOG_TAIL_CHARS);
            var bytes = ByteBuffer.allocate((int) (channel.size() - start));
            channel.position(start).read(bytes);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.format(Locale.ROOT, "(the log %s cannot be read)", log);
        }
    }
}
