package dev.memfuse.lab.scorecard;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Memory of this process, native memory included, which model sessions consist of.
final class ProcessMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessMemory.class);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double KIB_PER_MIB = 1024;
    private static final Optional<MethodHandle> TRIM = trim();

    private ProcessMemory() {}

    /// Returns the resident memory with the live part of the heap only, in MiB. Collects garbage, and returns freed
    /// native memory to the system first, which the C library keeps otherwise: an arm would inherit the memory of the
    /// arm before. Empty where the system does not say, and where freed memory cannot be returned.
    static OptionalDouble mib() {
        if (TRIM.isEmpty() || !Files.isReadable(STATUS)) {
            return OptionalDouble.empty();
        }
        System.gc();
        try {
            int _ = (int) TRIM.get().invokeExact(0L);
            MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            double dead = (heap.getCommitted() - heap.getUsed()) / KIB_PER_MIB / KIB_PER_MIB;
            return OptionalDouble.of(resident() / KIB_PER_MIB - dead);
        } catch (Throwable e) {
            LOG.warn("Scorecard: the memory of the process is not known", e);
            return OptionalDouble.empty();
        }
    }

    private static double resident() throws IOException {
        return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", ""))).findFirst().orElseThrow();
    }

    @SuppressWarnings("restricted") // the program permits native access
    private static Optional<MethodHandle> trim() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> symbol = linker.defaultLookup().find("malloc_trim");
        return symbol.map(found -> linker.downcallHandle(found,
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));
    }
}
