package dev.memfuse.bench.harness;

import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

import dev.memfuse.engine.exception.EngineException;

/// Bytes of the objects that are alive, by the JVM's own count of them. The size of the used heap would be too coarse:
/// some collectors give it in pages of megabytes.
public final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private LiveHeap() {}

    /// Collects garbage and counts. Takes a moment.
    public static long bytes() {
        try {
            Object histogram = ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[]{new String[0]}, new String[]{String[].class.getName()});
            return total(String.valueOf(histogram));
        } catch (JMException e) {
            throw new EngineException("The JVM does not count its objects: " + e.getMessage(), "", e);
        }
    }

    /// The total of a histogram of classes, in bytes.
    static long total(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new EngineException("The JVM's count of its objects has no total.");
        }
        return Long.parseLong(total.group(1));
    }
}
