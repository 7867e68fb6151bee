package dev.memfuse.postgres.program;

import java.util.Locale;

/// The operating systems with included PostgreSQL programs.
public enum OperatingSystem {
    LINUX("linux"),
    MAC("darwin"),
    WINDOWS("windows");

    private final String archiveName;

    OperatingSystem(String archiveName) {
        this.archiveName = archiveName;
    }

    /// Returns its name in the names of the archives.
    String archiveName() {
        return archiveName;
    }

    /// Returns the file name of a program.
    public String executable(String name) {
        return this == WINDOWS ? name + ".exe" : name;
    }

    /// Returns the system of this process.
    public static OperatingSystem current() {
        return of(System.getProperty("os.name", ""));
    }

    /// Returns the system with a value of the system property `os.name`; other Unix systems count as Linux.
    static OperatingSystem of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("windows")) {
            return WINDOWS;
        }
        return lower.startsWith("mac") ? MAC : LINUX;
    }
}
