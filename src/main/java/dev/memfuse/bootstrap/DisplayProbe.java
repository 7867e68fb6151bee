package dev.memfuse.bootstrap;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

import dev.memfuse.console.ConsoleLauncher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the X display that `DISPLAY` names, as the toolkit does on Linux and BSD. A toolkit that failed to start
/// cannot be started again in the same process, so the display must be checked before.
final class DisplayProbe {
    private static final Logger LOG = LoggerFactory.getLogger(DisplayProbe.class);

    private DisplayProbe() {}

    /// Returns whether a window can be shown: on the display, or on JavaFX's headless platform when the user chose it.
    static boolean windowPossible() {
        return ConsoleLauncher.headlessPlatform() || displayUsable();
    }

    /// Returns whether there is a display that the toolkit can use.
    static boolean displayUsable() {
        return ConsoleLauncher.displayAvailable() && opens();
    }

    /// Returns whether the libraries of the toolkit load and the X server accepts a connection. True on systems without
    /// X.
    private static boolean opens() {
        String system = System.getProperty("os.name", "");
        return system.startsWith("Windows") || system.startsWith("Mac") || opensX11();
    }

    @SuppressWarnings("restricted") // the command line grants native access, which JavaFX needs too
    private static boolean opensX11() {
        try {
            Linker linker = Linker.nativeLinker();
            // Never unloaded: the toolkit uses both libraries next.
            SymbolLookup.libraryLookup("libgtk-3.so.0", Arena.global());
            SymbolLookup x11 = SymbolLookup.libraryLookup("libX11.so.6", Arena.global());
            var open = linker.downcallHandle(x11.findOrThrow("XOpenDisplay"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            var close = linker.downcallHandle(x11.findOrThrow("XCloseDisplay"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            var display = (MemorySegment) open.invokeExact(MemorySegment.NULL);
            if (display.equals(MemorySegment.NULL)) {
                return false;
            }
            int _ = (int) close.invokeExact(display);
            return true;
        } catch (Throwable e) {
            LOG.info("Display: not usable, {}", e.toString());
            return false;
        }
    }
}
