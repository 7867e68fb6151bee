package dev.memfuse;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;

import dev.memfuse.bootstrap.DefaultProgramServices;
import dev.memfuse.cli.MemFuseCommand;
import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.log.ProgramLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program: passes the composition root and the terminal to the commands.
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /// Runs a command line; blocks until it is done.
    ///
    /// @return the exit code
    @SuppressWarnings("SystemConsoleNull") // JDK 25 returns null when there is no terminal
    static int run(ProgramServices services, String... arguments) {
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal();
        Charset out = System.out.charset();
        Charset err = System.err.charset();
        return MemFuseCommand.run(services, new Terminal(new PrintWriter(System.out, true, out),
                new PrintWriter(System.err, true, err), interactive), arguments);
    }

    static void main(String[] arguments) {
        // The program speaks English; the texts of libraries (JavaFX's dialogs, the driver's errors) follow it.
        Locale.setDefault(Locale.ROOT);
        ProgramLog log = new ProgramLog().collect();
        int code = 1;
        try {
            code = run(new DefaultProgramServices(log), arguments);
            LOG.info("Program: ended with exit code {}", code);
        } catch (OutOfMemoryError e) {
            // Before the check of the heap: not even the commands fit.
            System.err.println("The program ran out of memory. " + ExitCodes.MORE_MEMORY);
        } catch (Throwable e) {
            LOG.error("Program: ended by a failure", e);
        }
        // A return would not end the process: toolkit and drivers have threads that are no daemons.
        System.exit(code);
    }
}
