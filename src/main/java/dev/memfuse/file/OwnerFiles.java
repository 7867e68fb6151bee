package dev.memfuse.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Files with a secret, which only their owner may use.
public final class OwnerFiles {
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private static final long LONGEST = 10_000;

    private OwnerFiles() {}

    /// Reads a secret: the first line of a file of its owner alone. No sentence about a file that does not exist has
    /// its path, which may be the secret itself.
    ///
    /// @param name what the file is, for the sentences: "password file"
    /// @throws IllegalArgumentException with a sentence when the file is open to others, cannot be read, or has an
    ///         empty first line
    public static String firstLine(Path file, String name) {
        problem(file, name).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
        try {
            // A device or a pipe might never end.
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw new IllegalArgumentException(unreadable(name));
            }
            return Files.readString(file).lines().findFirst().filter(line -> !line.isEmpty())
                    .orElseThrow(() -> new IllegalArgumentException("The first line of the " + name + " is empty."));
        } catch (IOException e) {
            throw new IllegalArgumentException(unreadable(name), e);
        }
    }

    private static String unreadable(String name) {
        return "The " + name + " cannot be read. It must be a small text file with the password in its first line.";
    }

    /// Returns why a file must not be read, with the remedy: other accounts can use it. Empty when it is closed to
    /// them, is missing, or its file system has no POSIX permissions.
    ///
    /// @param name what the file is, for the sentence: "password file"
    public static Optional<String> problem(Path file, String name) {
        if (!Files.isRegularFile(file) || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Optional.empty();
        }
        try {
            return OWNER.containsAll(Files.getPosixFilePermissions(file))
                    ? Optional.empty()
                    : Optional.of("Other accounts can use the " + name + " " + file
                            + ", so it is not read. Close it to them: chmod 600 '" + file + "'");
        } catch (IOException e) {
            return Optional.of("The permissions of the " + name + " " + file + " cannot be read: "
                    + FileFailures.reason(e));
        }
    }
}
