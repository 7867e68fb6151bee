package dev.memfuse.background;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/// The process group of this process, whose members receive the signals of a terminal.
public final class ProcessGroup {
    private ProcessGroup() {}

    /// Starts a session of its own (POSIX), so that Ctrl+C in a terminal and the end of the terminal do not end this
    /// process. Has no effect on Windows, which has no such groups. The JVM needs `--enable-native-access`.
    @SuppressWarnings("restricted") // these processes are started with native access
    public static void leave() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("setsid").ifPresent(setsid -> {
            try {
                int _ = (int) linker.downcallHandle(setsid, FunctionDescriptor.of(ValueLayout.JAVA_INT)).invokeExact();
            } catch (Throwable e) {
                // It stays in the group, as on Windows.
                Thread.onSpinWait();
            }
        });
    }
}
