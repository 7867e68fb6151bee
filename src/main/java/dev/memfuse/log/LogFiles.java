package dev.memfuse.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A log file and the rolled files it continues, oldest first.
final class LogFiles {
    private record Rolled(Path path, String day, int number) {}

    private LogFiles() {}

    /// Returns the rolled files, oldest first, and `file` as the last.
    static List<Path> of(Path file) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.log$", "");
        Pattern form = Pattern.compile(Pattern.quote(name) + "\\.(\\d{4}-\\d\\d-\\d\\d)\\.(\\d{1,9})\\.log");
        List<Rolled> rolled = new ArrayList<>();
        try (Stream<Path> found = Files.list(file.toAbsolutePath().getParent())) {
            found.forEach(path -> {
                Matcher parts = form.matcher(path.getFileName().toString());
                if (parts.matches()) {
                    rolled.add(new Rolled(path, parts.group(1), Integer.parseInt(parts.group(2))));
                }
            });
        }
        rolled.sort(Comparator.comparing(Rolled::day).thenComparingInt(Rolled::number));
        List<Path> files = new ArrayList<>(rolled.stream().map(Rolled::path).toList());
        files.add(file);
        return files;
    }
}
