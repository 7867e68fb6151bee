package dev.memfuse.postgres.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramArchiveTest {
    @ParameterizedTest
    @CsvSource({"Linux, LINUX", "Mac OS X, MAC", "Windows 11, WINDOWS", "FreeBSD, LINUX"})
    void recognizesTheSystemByItsName(String name, OperatingSystem system) {
        assertEquals(system, OperatingSystem.of(name));
    }

    @Test
    void choosesTheArchiveOfTheProcessor() {
        assertEquals(List.of("postgres-linux-x86_64"), ProgramArchive.names(OperatingSystem.LINUX, "amd64"));
        assertEquals(List.of("postgres-linux-arm_64"), ProgramArchive.names(OperatingSystem.LINUX, "aarch64"));
        assertEquals(List.of("postgres-darwin-x86_64"), ProgramArchive.names(OperatingSystem.MAC, "x86_64"));
    }

    @Test
    void fallsBackToProgramsThatTheSystemEmulates() {
        assertEquals(List.of("postgres-darwin-arm_64", "postgres-darwin-x86_64"),
                ProgramArchive.names(OperatingSystem.MAC, "aarch64"));
        assertEquals(List.of("postgres-windows-arm_64", "postgres-windows-x86_64"),
                ProgramArchive.names(OperatingSystem.WINDOWS, "aarch64"));
    }
}
