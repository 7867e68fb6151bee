package dev.memfuse.console.fx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javafx.stage.Stage;
import javafx.stage.Window;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hides windows that another X client destroyed. The toolkit does not notice that: without a watch, the program would
/// run on without a window, and nobody could end it in order. FX thread only, which is GTK's.
final class DestroyedWindows {
    private static final Logger LOG = LoggerFactory.getLogger(DestroyedWindows.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final FunctionDescriptor OF_POINTER = FunctionDescriptor.of(ValueLayout.ADDRESS,
            ValueLayout.ADDRESS);
    /// A list of GLib: content, next and previous entry.
    private static final MemoryLayout ENTRY = MemoryLayout.structLayout(ValueLayout.ADDRESS, ValueLayout.ADDRESS,
            ValueLayout.ADDRESS);
    private static final long LONGEST_TITLE = 1_000;

    private final MethodHandle toplevels;
    private final MethodHandle title;
    private final MethodHandle surface;
    private final MethodHandle isDestroyed;
    private final MethodHandle free;

    @SuppressWarnings("restricted") // the command line grants native access, which JavaFX needs too
    private DestroyedWindows() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup gtk = SymbolLookup.libraryLookup("libgtk-3.so.0", Arena.global());
        SymbolLookup gdk = SymbolLookup.libraryLookup("libgdk-3.so.0", Arena.global());
        SymbolLookup glib = SymbolLookup.libraryLookup("libglib-2.0.so.0", Arena.global());
        toplevels = linker.downcallHandle(gtk.findOrThrow("gtk_window_list_toplevels"),
                FunctionDescriptor.of(ValueLayout.ADDRESS));
        title = linker.downcallHandle(gtk.findOrThrow("gtk_window_get_title"), OF_POINTER);
        surface = linker.downcallHandle(gtk.findOrThrow("gtk_widget_get_window"), OF_POINTER);
        isDestroyed = linker.downcallHandle(gdk.findOrThrow("gdk_window_is_destroyed"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        free = linker.downcallHandle(glib.findOrThrow("g_list_free"), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    }

    /// Watches all windows of the process from now on, until it ends. Does nothing where the toolkit has no GTK.
    static void watch() {
        FxThread.EXECUTOR.execute(() -> {
            try {
                DestroyedWindows windows = new DestroyedWindows();
                var _ = new FxTicker(PERIOD, FxThread.EXECUTOR, windows::hideDestroyed);
            } catch (Throwable e) {
                LOG.info("Display: a window that another client destroys cannot be noticed, {}", e.toString());
            }
        });
    }

    private void hideDestroyed() {
        List<String> titles;
        try {
            titles = titlesOfDestroyed();
        } catch (Throwable e) {
            LOG.debug("Display: the windows cannot be looked at", e);
            return;
        }
        if (!titles.isEmpty()) {
            List.copyOf(Window.getWindows()).stream().filter(Stage.class::isInstance).map(Stage.class::cast)
                    .filter(stage -> stage.isShowing() && titles.contains(stage.getTitle())).forEach(stage -> {
                        LOG.error("Window: Another program destroyed the window \"{}\". It counts as closed",
                                stage.getTitle());
                        stage.hide();
                    });
        }
    }

    @SuppressWarnings("restricted")
    private List<String> titlesOfDestroyed() throws Throwable {
        List<String> titles = new ArrayList<>();
        MemorySegment first = (MemorySegment) toplevels.invokeExact();
        for (MemorySegment entry = first; !isNull(entry);) {
            MemorySegment known = entry.reinterpret(ENTRY.byteSize());
            MemorySegment window = known.getAtIndex(ValueLayout.ADDRESS, 0);
            MemorySegment shown = (MemorySegment) surface.invokeExact(window);
            if (!isNull(shown) && (int) isDestroyed.invokeExact(shown) != 0) {
                MemorySegment text = (MemorySegment) title.invokeExact(window);
                if (!isNull(text)) {
                    titles.add(text.reinterpret(LONGEST_TITLE).getString(0));
                }
            }
            entry = known.getAtIndex(ValueLayout.ADDRESS, 1);
        }
        free.invokeExact(first);
        return titles;
    }

    private static boolean isNull(MemorySegment pointer) {
        return pointer.address() == 0;
    }
}
