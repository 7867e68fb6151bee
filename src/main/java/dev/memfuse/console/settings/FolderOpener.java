package dev.memfuse.console.settings;

import java.io.IOException;
import java.nio.file.Path;

/// Opens a folder with a program of the desktop. Blocks; not for the FX thread.
@FunctionalInterface
interface FolderOpener {
    /// @return false when this machine has no desktop that opens folders
    boolean open(Path folder) throws IOException;
}
