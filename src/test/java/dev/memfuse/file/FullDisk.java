package dev.memfuse.file;

import java.io.IOException;

/// Lets no file grow for a while, as on a full disk. Needs Linux.
public final class FullDisk {
    private FullDisk() {}

    /// A part of a test.
    @FunctionalInterface
    public interface Part {
        void run() throws Exception;
    }

    /// Runs a part of a test during which this process can write no byte to a file. Other processes go on.
    public static void during(Part part) throws Exception {
        limit("0");
        try {
            part.run();
        } finally {
            limit("unlimited");
        }
    }

    private static void limit(String bytes) throws IOException, InterruptedException {
        int code = new ProcessBuilder("prlimit", "--pid", Long.toString(ProcessHandle.current().pid()),
                "--fsize=" + bytes + ":unlimited").start().waitFor();
        if (code != 0) {
            throw new AssertionError("prlimit ends with " + code);
        }
    }
}
