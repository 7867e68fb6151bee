package dev.memfuse.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePermissionsTest {
    @TempDir
    private Path parent;

    private static String permissions(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                : "";
    }

    private static String onPosix(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix") ? permissions : "";
    }

    @Test
    void aPrivateFolderIsClosedToOthersWhetherItIsNewOrNot() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("existing"));
        FilePermissions.set(folder, "rwxr-xr-x");

        for (Path path : new Path[]{folder, parent.resolve("new").resolve("nested")}) {
            assertEquals(path, FilePermissions.createPrivateFolder(path));

            assertEquals(onPosix(path, "rwx------"), permissions(path));
        }
    }

    @Test
    void aReadableFolderIsReadableWithItsNewParents() throws IOException {
        Path existing = Files.createDirectory(parent.resolve("existing"));
        FilePermissions.set(existing, "rwx------");
        Path folder = existing.resolve("a").resolve("b");

        FilePermissions.createReadableFolder(folder);

        assertEquals(onPosix(folder, "rwxr-xr-x"), permissions(folder));
        assertEquals(onPosix(folder, "rwxr-xr-x"), permissions(existing.resolve("a")));
        assertEquals(onPosix(existing, "rwx------"), permissions(existing));
    }
}
