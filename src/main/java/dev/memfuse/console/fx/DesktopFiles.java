package dev.memfuse.console.fx;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;

/// Opens files with the programs of the desktop.
public final class DesktopFiles {
    private DesktopFiles() {}

    /// Opens a file. Blocks while the other program starts; not for the FX thread.
    ///
    /// @return false when this machine has no desktop that opens files
    /// @throws IOException when the desktop has no program for it, or the program does not start
    public static boolean open(Path file) throws IOException {
        if (GraphicsEnvironment.isHeadless() || !Desktop.isDesktopSupported()
                || !Desktop.getDesktop().isSupported(Desktop.Action.OPEN)) {
            return false;
        }
        Desktop.getDesktop().open(file.toFile());
        return true;
    }
}
