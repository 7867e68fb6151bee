package dev.memfuse.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;

import dev.memfuse.postgres.program.OperatingSystem;
import org.junit.jupiter.api.Test;

class DataDirectoriesTest {
    private static final Path HOME = Path.of("/home/me");

    @Test
    void followsTheXdgVariableOnLinux() {
        assertEquals(Path.of("/data/memfuse"),
                DataDirectories.of(OperatingSystem.LINUX, Map.of("XDG_DATA_HOME", "/data"), HOME));
        assertEquals(Path.of("/home/me/.local/share/memfuse"),
                DataDirectories.of(OperatingSystem.LINUX, Map.of(), HOME));
    }

    @Test
    void ignoresARelativeOrEmptyVariable() {
        assertEquals(Path.of("/home/me/.local/share/memfuse"),
                DataDirectories.of(OperatingSystem.LINUX, Map.of("XDG_DATA_HOME", "data"), HOME));
        assertEquals(Path.of("/home/me/.local/share/memfuse"),
                DataDirectories.of(OperatingSystem.LINUX, Map.of("XDG_DATA_HOME", ""), HOME));
    }

    @Test
    void usesTheCustomaryFolderOnMacAndWindows() {
        assertEquals(Path.of("/home/me/Library/Application Support/MemFuse"),
                DataDirectories.of(OperatingSystem.MAC, Map.of("XDG_DATA_HOME", "/data"), HOME));
        assertEquals(Path.of("/local/MemFuse"),
                DataDirectories.of(OperatingSystem.WINDOWS, Map.of("LOCALAPPDATA", "/local"), HOME));
    }
}
