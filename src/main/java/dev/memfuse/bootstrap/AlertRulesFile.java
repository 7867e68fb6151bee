package dev.memfuse.bootstrap;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;

import dev.memfuse.file.DamagedFile;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.PrivateFiles;
import dev.memfuse.metrics.alert.AlertRule;
import dev.memfuse.metrics.alert.AlertRules;
import dev.memfuse.metrics.alert.AlertRules.Content;
import dev.memfuse.metrics.alert.AlertRules.Timing;
import dev.memfuse.metrics.alert.MetricRule;
import dev.memfuse.metrics.alert.ServiceLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file `alert-rules.properties` in the data folder. Each change of the rules replaces it completely or not at all.
/// A damaged file is moved aside and the rules of a first start are in force. Thread-safe.
final class AlertRulesFile {
    private static final Logger LOG = LoggerFactory.getLogger(AlertRulesFile.class);
    private static final String OFF = "off.";
    private static final String TIMING = "timing.";
    private static final String RULE = "rule.";
    private static final String OBJECTIVE = "objective.";

    private final Path file;

    /// @param folder the data folder; created by the first change when missing
    AlertRulesFile(Path folder) {
        file = folder.resolve("alert-rules.properties");
    }

    /// Reads the rules, and writes their changes from now on. Blocks on disk I/O.
    AlertRules load() {
        AlertRules rules = read();
        rules.onChange(() -> save(rules.content()));
        return rules;
    }

    private AlertRules read() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return new AlertRules(content(properties));
        } catch (NoSuchFileException _) {
            return new AlertRules(AlertRules.FIRST);
        } catch (IOException e) {
            return damaged(FileFailures.reason(e), e);
        } catch (IllegalArgumentException e) {
            return damaged("it is damaged", e);
        }
    }

    private AlertRules damaged(String reason, Exception cause) {
        LOG.warn("Alert: the rules in {} cannot be read", file, cause);
        Optional<Path> kept = DamagedFile.keep(file);
        return new AlertRules(AlertRules.FIRST, "The alert rules in " + file + " cannot be read: " + reason
                + ". Those of a first start are in force."
                + kept.map(path -> " The damaged file is kept as " + path.getFileName() + ".").orElse(""));
    }

    private static Content content(Properties properties) {
        Set<AlertRule> off = EnumSet.noneOf(AlertRule.class);
        Map<AlertRule, Timing> timings = new EnumMap<>(AlertRule.class);
        for (AlertRule rule : AlertRule.values()) {
            if (rule.hasLimit() && properties.containsKey(OFF + rule.id())) {
                off.add(rule);
            }
            String timing = properties.getProperty(TIMING + rule.id());
            if (timing != null) {
                String[] parts = parts(timing, 2);
                timings.put(rule, new Timing(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
            }
        }
        return new Content(off, timings, list(properties, RULE, AlertRulesFile::rule),
                list(properties, OBJECTIVE, AlertRulesFile::objective));
    }

    private static <T> List<T> list(Properties properties, String prefix, Function<String, T> read) {
        List<T> found = new ArrayList<>();
        for (int number = 1; properties.containsKey(prefix + number); number++) {
            found.add(read.apply(properties.getProperty(prefix + number)));
        }
        return found;
    }

    private static MetricRule rule(String text) {
        String[] parts = parts(text, 7);
        return new MetricRule(parts[0], parts[1], MetricRule.Side.valueOf(parts[2]), Double.parseDouble(parts[3]),
                Integer.parseInt(parts[4]), Integer.parseInt(parts[5]), Boolean.parseBoolean(parts[6]));
    }

    private static ServiceLevel objective(String text) {
        String[] parts = parts(text, 4);
        return new ServiceLevel(parts[0], parts[1], Double.parseDouble(parts[2]), Double.parseDouble(parts[3]));
    }

    private static String[] parts(String text, int count) {
        String[] parts = text.strip().split(" +");
        if (parts.length != count) {
            throw new IllegalArgumentException("Not " + count + " values: " + text);
        }
        return parts;
    }

    private static Properties properties(Content content) {
        Properties properties = new Properties();
        content.off().forEach(rule -> properties.setProperty(OFF + rule.id(), "true"));
        content.timings().forEach((rule, timing) -> properties.setProperty(TIMING + rule.id(),
                timing.lasting() + " " + timing.quiet()));
        int number = 1;
        for (MetricRule rule : content.rules()) {
            properties.setProperty(RULE + number++, String.join(" ", rule.id(), rule.metric(), rule.side().name(),
                    Double.toString(rule.limit()), Integer.toString(rule.lastingSeconds()),
                    Integer.toString(rule.quietSeconds()), Boolean.toString(rule.enabled())));
        }
        number = 1;
        for (ServiceLevel one : content.objectives()) {
            properties.setProperty(OBJECTIVE + number++, String.join(" ", one.id(), one.metric(),
                    Double.toString(one.limit()), Double.toString(one.target())));
        }
        return properties;
    }

    private synchronized void save(Content content) {
        try {
            Files.createDirectories(file.getParent());
            StringWriter text = new StringWriter();
            properties(content).store(text, null);
            PrivateFiles.replace(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("The alert rules are in force, but cannot be saved in " + file + ": "
                    + FileFailures.reason(e) + ". They end with the program: mend that, then change one again.", e);
        }
    }
}
