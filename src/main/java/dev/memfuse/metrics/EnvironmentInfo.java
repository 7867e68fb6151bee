package dev.memfuse.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

/// Properties of the machine and the process, recorded with every result.
public final class EnvironmentInfo {
    /// The version of the program.
    public static final String PROGRAM_VERSION = "0.2.0";
    private static final int CLOCK_STEPS = 1000;
    private static final long MIB = 1024L * 1024;

    private EnvironmentInfo() {}

    /// Returns the properties by name, in display order. Reads a few small files.
    public static Map<String, String> ofThisProcess() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("program_version", PROGRAM_VERSION);
        gitCommit(Path.of("")).ifPresent(commit -> properties.put("git_commit", commit));
        properties.put("os",
                String.format(Locale.ROOT, "%s %s %s", System.getProperty("os.name"), System.getProperty("os.version"),
                        System.getProperty("os.arch")));
        cpuModel().ifPresent(model -> properties.put("cpu_model", model));
        properties.put("cpu_count", Integer.toString(Runtime.getRuntime().availableProcessors()));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            properties.put("memory_mib", Long.toString(system.getTotalMemorySize() / MIB));
        }
        properties.put("heap_limit_mib", Long.toString(Runtime.getRuntime().maxMemory() / MIB));
        properties.put("jvm",
                String.format(Locale.ROOT, "%s %s", System.getProperty("java.vm.name"),
                        System.getProperty("java.vm.version")));
        properties.put("jvm_flags", jvmFlags());
        properties.put("clock_resolution_ns", Long.toString(clockResolution()));
        return properties;
    }

    /// Returns the `-X` options of the JVM; system properties and paths are left out, since they may be private.
    private static String jvmFlags() {
        return String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-X")).toList());
    }

    private static Optional<String> cpuModel() {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            try (Stream<String> lines = Files.lines(info)) {
                return lines.filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"));
    }

    /// Returns the commit that is checked out in `folder`; empty outside a working copy.
    static Optional<String> gitCommit(Path folder) {
        Path git = folder.resolve(".git");
        try {
            if (Files.isRegularFile(git)) {
                git = folder.resolve(Files.readString(git).replace("gitdir:", "").strip());
            }
            String head = Files.readString(git.resolve("HEAD")).strip();
            if (!head.startsWith("ref:")) {
                return Optional.of(head);
            }
            Path ref = git.resolve(head.substring("ref:".length()).strip());
            return Files.exists(ref) ? Optional.of(Files.readString(ref).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Returns the smallest observed step of [System#nanoTime], in nanoseconds.
    private static long clockResolution() {
        long smallest = Long.MAX_VALUE;
        for (int i = 0; i < CLOCK_STEPS; i++) {
            long before = System.nanoTime();
            long after = System.nanoTime();
            while (after == before) {
                after = System.nanoTime();
            }
            smallest = Math.min(smallest, after - before);
        }
        return smallest;
    }
}
