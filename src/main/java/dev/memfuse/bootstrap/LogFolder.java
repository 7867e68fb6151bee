package dev.memfuse.bootstrap;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.sun.management.OperatingSystemMXBean;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FilePermissions;
import dev.memfuse.log.LogLocation;
import dev.memfuse.log.LoggedArguments;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.postgres.embedded.DataDirectories;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the log in the folder `logs` of the data folder and writes the line about the start. A temporary run logs
/// there too: its log outlives its data.
final class LogFolder {
    private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);
    private static final long MIB = 1L << 20;

    private LogFolder() {}

    /// Opens the log. Without a writable folder there is no log file, and the result holds the reason.
    static LogLocation open(ProgramLog log, Optional<Path> dataDir, LogLevel level, List<String> arguments) {
        LogLocation location;
        String folder = dataDir.map(Path::toString).orElse("the user's data folder");
        try {
            Path dataFolder = AppGraph.dataFolder(dataDir);
            folder = dataFolder.toString();
            DataDirectories.create(dataFolder);
            location = log.openIn(FilePermissions.createPrivateFolder(dataFolder.resolve("logs")), level);
        } catch (FileAlreadyExistsException e) {
            location = log.unavailable(e.getMessage() + " is a file where a folder is needed.", level);
        } catch (IOException e) {
            location = log.unavailable("The folder " + folder + " cannot be created: " + FileFailures.reason(e) + ".",
                    level);
        } catch (EngineException e) {
            location = log.unavailable(String.valueOf(e.getMessage()), level);
        }
        LOG.info("Program: {}", startLine(folder, arguments));
        return location;
    }

    /// Returns program, machine and command line as one line, without secrets.
    static String startLine(String dataFolder, List<String> arguments) {
        String memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? " of " + system.getTotalMemorySize() / MIB + " MiB"
                : "";
        return String.format(Locale.ROOT,
                "MemFuse Console %s, process %d, Java %s (%s %s), %s %s %s, %d processors, heap limit %d MiB%s, "
                        + "data folder %s, command: memfuse %s",
                EnvironmentInfo.PROGRAM_VERSION, ProcessHandle.current().pid(), System.getProperty("java.version"),
                System.getProperty("java.vm.name"), System.getProperty("java.vm.version"),
                System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory() / MIB, memory, dataFolder,
                LoggedArguments.line(arguments)).strip();
    }
}
