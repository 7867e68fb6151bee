package dev.memfuse.console.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.console.fx.Formats;

/// One bounded sentence about a process of this machine. Stateless.
///
/// @param pid its id
/// @param user its account, if known
/// @param started its start, if known
/// @param command path of its program, if known
/// @param arguments its arguments
record ProcessText(long pid, Optional<String> user, Optional<Instant> started, Optional<String> command,
        List<String> arguments) {
    /// Options whose value is a list of paths, which says nothing about who it is and may have thousands of characters.
    private static final Set<String> PATHS = Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path");
    private static final int LONGEST = 160;

    static ProcessText of(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return new ProcessText(process.pid(), info.user(), info.startInstant(), info.command(),
                info.arguments().map(List::of).orElse(List.of()));
    }

    /// Returns the sentence: "Process 7 of the account me, since 12:00:00: java -jar memfuse.jar."
    String sentence() {
        return "Process " + pid + user.map(name -> " of the account " + cut(name)).orElse("")
                + started.map(at -> ", since " + Formats.moment(at)).orElse("")
                + command.map(path -> ": " + cut(program(path))).orElse("") + ".";
    }

    private String program(String path) {
        List<String> words = new ArrayList<>(List.of(path.substring(
                Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)));
        boolean isValue = false;
        for (String argument : arguments) {
            boolean takesPaths = PATHS.contains(argument.toLowerCase(Locale.ROOT));
            if (!isValue && !takesPaths) {
                words.add(argument);
            }
            isValue = takesPaths && !isValue;
        }
        return String.join(" ", words);
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
