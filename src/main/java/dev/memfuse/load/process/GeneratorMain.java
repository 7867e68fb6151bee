package dev.memfuse.load.process;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.background.ProcessGroup;

/// Main class of the process of a load generator, see [GeneratorProcess]. It serves the program over its standard input
/// and output, and ends with the program, however that ends: the operating system closes the pipes then.
final class GeneratorMain {
    private GeneratorMain() {}

    /// Runs until the program closes the channel. Takes no arguments, since others may read a command line.
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        ProcessGroup.leave();
        // The frames of the channel are alone on the standard output: whoever prints, prints to the standard error.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        GeneratorServer server = new GeneratorServer();
        try (Channel channel = new Channel(new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out), BackgroundThreads.platformPool("load-generator"), server)) {
            server.connect(channel);
            channel.start();
            channel.closed().join();
        }
        // Operations in flight wait for nobody any more.
        Runtime.getRuntime().halt(0);
    }
}
