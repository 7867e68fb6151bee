package dev.memfuse.console.fx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection of the toolkit to the X server. Without a watch, the toolkit ends the process in the middle of its
/// work when the server goes away: GTK's handler of that error calls `_exit`. Thread-safe.
public final class DisplayConnection {
    private static final Logger LOG = LoggerFactory.getLogger(DisplayConnection.class);
    private static final CompletableFuture<Void> LOST = new CompletableFuture<>();

    private DisplayConnection() {}

    /// The X server is gone, and the FX thread with it: nothing runs there any more.
    public static final class LostException extends RuntimeException {
        private LostException() {
            super("The display is gone: its X server ended or closed the connection.");
        }
    }

    /// Watches the connection, and windows that other clients destroy, from now on; to be called once the toolkit runs.
    /// Does nothing on systems without X.
    public static void watch() {
        String system = System.getProperty("os.name", "");
        boolean headless = "Headless".equals(System.getProperty("glass.platform"));
        if (!headless && !system.startsWith("Windows") && !system.startsWith("Mac")) {
            install();
            DestroyedWindows.watch();
        }
    }

    @SuppressWarnings("restricted") // the command line grants native access, which JavaFX needs too
    private static void install() {
        try {
            Linker linker = Linker.nativeLinker();
            FunctionDescriptor handler = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
            MemorySegment lost = linker.upcallStub(MethodHandles.lookup().findStatic(DisplayConnection.class, "lost",
                    MethodType.methodType(int.class, MemorySegment.class)), handler, Arena.global());
            var set = linker.downcallHandle(
                    SymbolLookup.libraryLookup("libX11.so.6", Arena.global()).findOrThrow("XSetIOErrorHandler"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            var _ = (MemorySegment) set.invokeExact(lost);
        } catch (Throwable e) {
            LOG.info("Display: its loss cannot be noticed, {}", e.toString());
        }
    }

    /// Called by the library on the thread that found the connection broken, usually the FX thread. Never returns: the
    /// library would end the process.
    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // found by its name
    private static int lost(MemorySegment display) {
        LOST.completeExceptionally(new LostException());
        while (true) {
            LockSupport.park(LOST);
        }
    }

    /// Ends the process at once, after the connection was lost and everything else is closed. An ordinary end, and also
    /// [Runtime#halt], would wait for ever: the libraries of the toolkit clean up under a lock that the thread holds
    /// which found the connection broken.
    ///
    /// @param code exit code
    @SuppressWarnings("restricted") // the command line grants native access, which JavaFX needs too
    public static void endProcess(int code) {
        try {
            Linker linker = Linker.nativeLinker();
            linker.downcallHandle(linker.defaultLookup().findOrThrow("_exit"),
                    FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)).invokeExact(code);
        } catch (Throwable e) {
            LOG.warn("Display: the process cannot be ended at once", e);
            Runtime.getRuntime().halt(code);
        }
    }

    /// Returns whether the connection is broken.
    public static boolean isLost() {
        return LOST.isCompletedExceptionally();
    }

    /// Waits for a result of the FX thread. Not on the FX thread.
    ///
    /// @throws LostException when the X server goes away meanwhile
    /// @throws CompletionException when it completes exceptionally
    public static <T> T await(CompletableFuture<T> result) {
        try {
            CompletableFuture.anyOf(result, LOST).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LostException lost) {
                throw lost;
            }
        }
        return result.join();
    }
}
