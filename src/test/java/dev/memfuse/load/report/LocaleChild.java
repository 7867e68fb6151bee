package dev.memfuse.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.config.yaml.ConfigYaml;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.corpus.GeneratedCorpus;

/// A separate JVM in a locale of its own that writes everything with a fixed content that the program writes to files.
final class LocaleChild {
    private LocaleChild() {}

    /// Returns the files that a JVM with these options writes, by name.
    static Map<String, String> files(List<String> options, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LocaleChild.class.getName(),
                folder.toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("The child did not end well: " + process);
        }
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        LoadReport report = SampleReport.check(SampleReport.of("note"), List.of(Threshold.parse("add.p99<5")));
        HtmlReport.write(report, folder.resolve("report"));
        ResultJson.write(folder.resolve("result.json"), ResultJson.of(report));
        Files.write(folder.resolve("summary.txt"), LoadSummary.lines(report));
        Files.write(folder.resolve("thresholds.txt"), LoadSummary.thresholds(report.result().thresholds()));
        MemFuseConfig config = new ConfigLoader().withOverrides(List.of("buffer.journal.retire_after=1.25")).load();
        Files.writeString(folder.resolve("memfuse.yaml"), ConfigYaml.write(config, List.of("comment")));
        Files.writeString(folder.resolve("corpus.txt"), GeneratedCorpus.of(7, 3).conversations().toString());
        Files.writeString(folder.resolve("formats.txt"), String.join("\n", Formats.millis(1234.5),
                Formats.percent(0.125), Formats.count(1_234_567), Formats.size(1_234_567),
                Formats.duration(Duration.ofMillis(1_500)), Formats.clock(Duration.ofSeconds(3_700))));
    }
}
