package dev.memfuse.bootstrap;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

import dev.memfuse.console.ConsoleLauncher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the X display that `DISPLAY` names, as the toolkit does on Linux and BSD. A toolkit that failed to start
/// cannot be started again in the same process, so the display must be checked before.
final class DisplayProbe {
    private static final Logger LOG = LoggerFactory.getLogger(DisplayProbe.class);

    private DisplayProbe() {}

    /// Returns why no window can be shown, as a sentence without a full stop; empty when one can: on the display, or on
    /// JavaFX's headless platform when the user chose it.
    static Optional<String> windowProblem() {
        return ConsoleLauncher.headlessPlatform() ? Optional.empty() : displayProblem();
    }

    /// Returns why the toolkit can use no display, as a sentence without a full stop; empty when it can.
    static Optional<String> displayProblem() {
        if (!ConsoleLauncher.displayAvailable()) {
            return Optional.of("No display found");
        }
        String system = System.getProperty("os.name", "");
        return system.startsWith("Windows") || system.startsWith("Mac")
                ? Optional.empty()
                : WindowLibraries.problem().or(DisplayProbe::x11Problem);
    }

    private static Optional<String> x11Problem() {
        return opensX11()
                ? Optional.empty()
                : Optional.of("The display " + System.getenv("DISPLAY") + " does not answer or refuses this user");
    }

    @SuppressWarnings("restricted") // the command line grants native access, which JavaFX needs too
    private static boolean opensX11() {
        try {
            Linker linker = Linker.nativeLinker();
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
