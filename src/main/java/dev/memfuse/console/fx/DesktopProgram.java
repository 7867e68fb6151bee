package dev.memfuse.console.fx;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program by which the desktop of this system does something for other programs.
record DesktopProgram(Path file) {
    /// Returns a program of the search path; empty when it is not installed.
    ///
    /// @param path folders that hold programs, separated as in `PATH`
    static Optional<DesktopProgram> find(String path, String name) {
        return Stream.of(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst().map(DesktopProgram::new);
    }

    /// Starts the program and waits until it ends, not longer than a limit. Its output is dropped.
    ///
    /// @return the process, which may still run
    Process run(List<String> arguments, long limitSeconds) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(file.toString()), arguments.stream()).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        process.waitFor(limitSeconds, TimeUnit.SECONDS);
        return process;
    }
}
