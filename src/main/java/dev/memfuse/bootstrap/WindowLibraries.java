package dev.memfuse.bootstrap;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The libraries of the system that the window needs on Linux and BSD.
final class WindowLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(WindowLibraries.class);
    private static final List<WindowLibrary> ALL = List.of(new WindowLibrary("libX11.so.6", "libx11-6"),
            new WindowLibrary("libgtk-3.so.0", "libgtk-3-0"), new WindowLibrary("libXtst.so.6", "libxtst6"));

    private WindowLibraries() {}

    /// A library and the package that has it.
    ///
    /// @param file name by which the loader finds it
    /// @param debian package of Debian and its relatives
    private record WindowLibrary(String file, String debian) {}

    /// Loads all libraries, which stay loaded: the toolkit uses them next.
    ///
    /// @return which of them cannot be loaded, and what to do, as a sentence without a full stop; empty when all are
    ///         there
    static Optional<String> problem() {
        List<WindowLibrary> missing = new ArrayList<>();
        for (WindowLibrary library : ALL) {
            if (!loads(library)) {
                missing.add(library);
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("The window needs " + String.join(" and ", missing.stream().map(WindowLibrary::file)
                        .toList()) + ", which cannot be loaded; on Debian and Ubuntu install "
                        + (missing.size() == 1 ? "it" : "them") + " with: apt install "
                        + String.join(" ", missing.stream().map(WindowLibrary::debian).toList()));
    }

    @SuppressWarnings("restricted") // the command line grants native access, which JavaFX needs too
    private static boolean loads(WindowLibrary library) {
        try {
            SymbolLookup.libraryLookup(library.file(), Arena.global());
            return true;
        } catch (IllegalArgumentException e) {
            LOG.info("Display: {} cannot be loaded: {}", library.file(), e.getMessage());
            return false;
        }
    }
}
