package dev.memfuse.postgres.program;

import java.util.Locale;

/// The systems PostgreSQL's programs are shipped for.
public enum OperatingSystem {
    LINUX("linux"),
    MAC("darwin"),
    WINDOWS("windows");

    private final String archiveName;

    OperatingSystem(String archiveName) {
        this.archiveName = archiveName;
    }

    /// As the archives of the programs name it.
    String archiveName() {
        return archiveName;
    }

    /// The file name of a program.
    String executable(String name) {
        return this == WINDOWS ? name + ".exe" : name;
    }

    public static OperatingSystem current() {
        return of(System.getProperty("os.name", ""));
    }

    /// From the system property `os.name`; any other Unix counts as Linux.
    static OperatingSystem of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("windows")) {
            return WINDOWS;
        }
        return lower.startsWith("mac") ? MAC : LINUX;
    }
}
