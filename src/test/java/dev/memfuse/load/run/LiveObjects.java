package dev.memfuse.load.run;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.ObjectName;

/// Counts live objects with the JVM's class histogram.
public final class LiveObjects {
    private static final Pattern LINE = Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+)");
    /// Address at the end of the name of a hidden class.
    private static final Pattern HIDDEN = Pattern.compile("/.*");

    private LiveObjects() {}

    /// Collects garbage and returns the number of live instances of these classes; subclasses do not count.
    public static long count(Collection<Class<?>> classes) {
        Set<String> names = classes.stream().map(Class::getName).collect(Collectors.toSet());
        return LINE.matcher(histogram()).results().filter(line -> names.contains(line.group(2)))
                .mapToLong(line -> Long.parseLong(line.group(1))).sum();
    }

    /// Collects garbage and returns the number of live instances of each class whose name begins with one of these
    /// prefixes. All instances of hidden classes of one name, as lambdas are, count together.
    public static Map<String, Long> byClass(Collection<String> prefixes) {
        return LINE.matcher(histogram()).results().filter(line -> prefixes.stream().anyMatch(line.group(2)::startsWith))
                .collect(Collectors.groupingBy(line -> HIDDEN.matcher(line.group(2)).replaceFirst(""), TreeMap::new,
                        Collectors.summingLong(line -> Long.parseLong(line.group(1)))));
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
