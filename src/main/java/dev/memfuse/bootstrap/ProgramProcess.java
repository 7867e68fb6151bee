package dev.memfuse.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.memfuse.Main;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.background.ProcessEnd;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.cli.terminal.StartTimes;
import dev.memfuse.console.ConsoleLauncher;

/// The program with its window as another process, started in the way in which this one was: by the launcher of the
/// packaged program, or by the same `java`, options and class path. It prints a line at each moment that is measured;
/// this process has the clock. Thread-safe.
final class ProgramProcess implements BenchTarget.StartedProgram {
    /// The launcher of a packaged program sets it to its own path.
    private static final String LAUNCHER = "jpackage.app-path";
    private static final String JVM_OPTIONS = "JAVA_TOOL_OPTIONS";
    private static final int LIMIT_SECONDS = 120;
    private static final int END_SECONDS = 30;
    private static final double BYTES_PER_KIB = 1024;
    private static final double BYTES_PER_MB = 1e6;

    private final Process process;
    private final long begun;
    private final CompletableFuture<Long> window = new CompletableFuture<>();
    private final CompletableFuture<Long> ready = new CompletableFuture<>();
    private volatile String lastLine = "";

    private ProgramProcess(Process process, long begun) {
        this.process = process;
        this.begun = begun;
    }

    /// Starts the program on a data folder; blocks until its engine is ready.
    static ProgramProcess start(Path folder) throws InterruptedException {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of("--data-dir", folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge(JVM_OPTIONS, jvmOptions(), (given, own) -> given + " " + own);
        try {
            long begun = System.nanoTime();
            ProgramProcess started = new ProgramProcess(builder.start(), begun);
            BackgroundThreads.platform("bench-program").start(started::read);
            boolean complete = false;
            try {
                started.await(folder);
                complete = true;
                return started;
            } finally {
                if (!complete) {
                    started.close();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The program cannot be started with " + command.getFirst() + ": "
                    + e.getMessage(), e);
        }
    }

    private static List<String> command() {
        Optional<String> launcher = Optional.ofNullable(System.getProperty(LAUNCHER));
        if (launcher.isPresent()) {
            return List.of(launcher.get());
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agentlib") && !option.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), Main.class.getName()));
        return command;
    }

    private static String jvmOptions() {
        String print = "-D" + StartTimes.PRINT + "=true";
        boolean display = !ConsoleLauncher.headlessPlatform() && DisplayProbe.displayProblem().isEmpty();
        return display ? print : print + " -Dglass.platform=Headless -Dprism.order=sw";
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long now = System.nanoTime();
                switch (line) {
                    case StartTimes.WINDOW -> window.complete(now - begun);
                    case StartTimes.ENGINE -> ready.complete(now - begun);
                    default -> lastLine = line;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            lastLine = String.valueOf(e.getMessage());
        } finally {
            IllegalStateException ended = new IllegalStateException("the program ended");
            window.completeExceptionally(ended);
            ready.completeExceptionally(ended);
        }
    }

    private void await(Path folder) throws InterruptedException {
        try {
            CompletableFuture.allOf(window, ready).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The program that bench started on " + folder + " "
                    + (e instanceof TimeoutException ? "has no window and engine after two minutes." : "ended.")
                    + (lastLine.isEmpty() ? "" : " Its last line: " + lastLine), e);
        }
    }

    @Override
    public double windowMs() {
        return window.join() / 1e6;
    }

    @Override
    public double readyMs() {
        return ready.join() / 1e6;
    }

    @Override
    public OptionalDouble residentMb() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return OptionalDouble.empty();
        }
        try {
            return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIB
                            / BYTES_PER_MB)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("The memory of process " + process.pid() + " cannot be read", e);
        }
    }

    /// Asks the process to end, which stops its database server, and kills it when it does not.
    @Override
    public void close() {
        process.destroy();
        ProcessEnd.awaitOrKill(process, Duration.ofSeconds(END_SECONDS));
    }
}
