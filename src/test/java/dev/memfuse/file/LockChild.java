package dev.memfuse.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Another process that tries to take a lock: the `main` of this class in a separate JVM. It holds the lock until a
/// test kills it.
///
/// @param locked whether it took the lock
record LockChild(Process process, boolean locked) implements AutoCloseable {
    static LockChild start(Path file) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), LockChild.class.getName(),
                file.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        return new LockChild(process, "locked".equals(output.readLine()));
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        System.out.println(FolderLock.tryLock(Path.of(arguments[0])).isPresent() ? "locked" : "refused");
        // Ends when the parent closes the stream, at the latest with the parent.
        new InputStreamReader(System.in, StandardCharsets.UTF_8).read();
    }
}
