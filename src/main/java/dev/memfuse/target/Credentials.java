package dev.memfuse.target;

import java.nio.file.Path;

import dev.memfuse.file.OwnerFiles;

/// User and password of a remote JVM. Kept in memory only; its text form has no password.
public final class Credentials {
    private final String user;
    private final String password;

    public Credentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /// Reads the password from the first line of a file.
    ///
    /// @throws IllegalArgumentException with a sentence when the file is open to other accounts, cannot be read or has
    ///         no password
    public static Credentials read(String user, Path file) {
        return new Credentials(user, OwnerFiles.firstLine(file, "password file"));
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    @Override
    public String toString() {
        return user + " ***";
    }
}
