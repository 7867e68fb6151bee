package dev.memfuse.engine.memory.time;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import dev.memfuse.engine.exception.EngineException;

/// Reads [TimeRules] from a file of the program.
final class TimeFile {
    private static final String CONTINUED = "    ";
    private static final Pattern NAME = Pattern.compile("(?<!\\\\[pP])\\{([A-Z]+)\\}");
    private static final Pattern NEVER = Pattern.compile("(?!)");
    private static final String SEPARATOR = " : ";

    private final String file;
    private final Map<String, String> definitions = new HashMap<>();
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final List<TimeRule> rules = new ArrayList<>();
    private final Map<String, Pattern> verbs = new HashMap<>();
    private String edgeBefore = "(?<![\\p{L}\\p{N}])";
    private String edgeBehind = "(?![\\p{L}\\p{N}])";

    private TimeFile(String file) {
        this.file = file;
    }

    /// Returns the rules of a file beside this class.
    ///
    /// @throws EngineException when the file is damaged
    static TimeRules read(String file) {
        TimeFile reader = new TimeFile(file);
        try {
            lines(file).forEach(reader::line);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new EngineException("A rule for times is damaged.", file, e);
        }
        return new TimeRules(reader.vocabulary, reader.rules, reader.verbs.getOrDefault("behind", NEVER),
                reader.verbs.getOrDefault("ahead", NEVER), reader.verbs.getOrDefault("shifted", NEVER),
                reader.verbs.getOrDefault("aside", NEVER));
    }

    private static List<String> lines(String file) {
        try (InputStream stream = Objects.requireNonNull(TimeFile.class.getResourceAsStream(file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\n" + CONTINUED, "").lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new EngineException("The rules for times could not be loaded.", file, e);
        }
    }

    private void line(String line) {
        int space = line.indexOf(' ');
        String first = space < 0 ? line : line.substring(0, space);
        String rest = line.substring(space + 1);
        switch (first) {
            case "define" -> {
                int end = rest.indexOf(' ');
                definitions.put(rest.substring(0, end), expanded(rest.substring(end + 1)));
            }
            case "word" -> word(rest, true);
            case "also" -> word(rest, false);
            case "behind", "ahead", "shifted", "aside" -> verbs.put(first, pattern(rest));
            case "unspaced" -> {
                edgeBefore = "";
                edgeBehind = "";
            }
            default -> {
                int colon = line.indexOf(SEPARATOR);
                rules.add(TimeRule.parse(line.substring(0, colon), pattern(
                        edgeBefore + "(?:" + line.substring(colon + SEPARATOR.length()) + ")" + edgeBehind)));
            }
        }
    }

    /// Adds words of one value: `LIST VALUE WORD|WORD…`.
    ///
    /// @param defined whether they are added to the definition of the list too
    private void word(String rest, boolean defined) {
        String[] parts = rest.split(" ", 3);
        int value = parts[0].equals("unit") ? ChronoUnit.valueOf(parts[1]).ordinal() : Integer.parseInt(parts[1]);
        for (String word : parts[2].split("\\|")) {
            vocabulary.put(parts[0] + " " + word, value);
            if (defined) {
                definitions.merge(parts[0].toUpperCase(Locale.ROOT), Pattern.quote(word),
                        (known, added) -> known + "|" + added);
            }
        }
    }

    private Pattern pattern(String words) {
        try {
            return Pattern.compile(expanded(words), Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException e) {
            throw new EngineException("A rule for times is damaged.", file + ": " + words, e);
        }
    }

    private String expanded(String words) {
        return NAME.matcher(words).replaceAll(name -> Matcher.quoteReplacement(
                "(?:" + Objects.requireNonNull(definitions.get(name.group(1)), name.group()) + ")"));
    }
}
