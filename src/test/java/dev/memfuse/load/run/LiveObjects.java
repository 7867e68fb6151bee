package dev.memfuse.load.run;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.ObjectName;

/// Counts live objects with the JVM's class histogram.
public final class LiveObjects {
    private static final Pattern LINE = Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+)");

    private LiveObjects() {}

    /// Collects garbage and returns the number of live instances of these classes; subclasses do not count.
    public static long count(Collection<Class<?>> classes) {
        Set<String> names = classes.stream().map(Class::getName).collect(Collectors.toSet());
        return LINE.matcher(histogram()).results().filter(line -> names.contains(line.group(2)))
                .mapToLong(line -> Long.parseLong(line.group(1))).sum();
    }

    private static String histogram() {
        try {
            return String.valueOf(ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[]{new String[0]}, new String[]{String[].class.getName()}));
        } catch (JMException e) {
            throw new AssertionError("The JVM provides no class histogram.", e);
        }
    }
}
