package dev.memfuse.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// User and password of a remote JVM. Kept in memory only; its text form has no password.
public final class Credentials {
    private static final long MAX_FILE = 10_000;
    private final String user;
    private final String password;

    public Credentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /// Reads the password from the first line of a file.
    ///
    /// @throws IllegalArgumentException with a sentence when the file cannot be read or has no password
    public static Credentials read(String user, Path file) {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new IllegalArgumentException(file + " is too large for a file with a password.");
            }
            String password = Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
            if (password.isEmpty()) {
                throw new IllegalArgumentException("The first line of " + file + " has no password.");
            }
            return new Credentials(user, password);
        } catch (NoSuchFileException _) {
            throw new IllegalArgumentException("There is no password file " + file + ".");
        } catch (IOException e) {
            throw new IllegalArgumentException("The password file " + file + " cannot be read.", e);
        }
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
