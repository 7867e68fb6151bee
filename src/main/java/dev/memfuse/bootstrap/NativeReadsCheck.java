package dev.memfuse.bootstrap;

import java.lang.management.ManagementFactory;
import java.util.Optional;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Warns of a JVM whose native code may read wrong values: JNI's fast accessors of fields do not wait for ZGC, which
/// may have moved the object (ADR 0065). JavaFX reads its pointers that way, so the process can crash.
final class NativeReadsCheck {
    private static final Logger LOG = LoggerFactory.getLogger(NativeReadsCheck.class);

    private NativeReadsCheck() {}

    static void warn() {
        problem(option("UseZGC"), option("UseFastJNIAccessors"))
                .ifPresent(sentence -> LOG.warn("Program: {}", sentence));
    }

    /// Returns what is wrong with the options of a JVM, as sentences with a remedy; empty when nothing is.
    static Optional<String> problem(boolean zgc, boolean fastAccessors) {
        return zgc && fastAccessors
                ? Optional.of("ZGC is in use together with fast JNI accessors, which may read objects that it has "
                        + "moved. Native code can crash. Add -XX:-UseFastJNIAccessors to the options of the JVM.")
                : Optional.empty();
    }

    private static boolean option(String name) {
        try {
            return Boolean.parseBoolean(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption(name).getValue());
        } catch (IllegalArgumentException e) {
            // Another JVM, or one without this collector.
            return false;
        }
    }
}
