package dev.memfuse.engine.memory.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.time.TimeRules;

/// Reads [Rules] from a file of the program.
final class RuleFile {
    private static final Pattern NAME = Pattern.compile("(?<!\\\\[pP])\\{([A-Z]+)\\}");
    private static final Pattern NEVER = Pattern.compile("(?!)");
    private static final int IGNORE_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    private final String file;
    private final Map<String, String> definitions = new HashMap<>();
    private final Map<String, Pattern> guards = new HashMap<>();
    private final List<Elision> elisions = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    private RuleFile(String file) {
        this.file = file;
    }

    /// Returns the rules of a language from its file beside this class.
    ///
    /// @param language name in lower case
    /// @throws EngineException when the file is damaged
    static Rules read(String language) {
        RuleFile reader = new RuleFile(language + ".rules");
        ResourceLines.of(reader.file).forEach(reader::line);
        return reader.rules(TimeRules.of(language));
    }

    private Rules rules(TimeRules times) {
        return new Rules(guard("opening"), guard("frame"), guard("doubt"), guard("unreal"), guard("ironic"),
                guard("reported"),
                guard("retraction"), guard("replacement"), guard("marker"), guard("split"), elisions, times, rules);
    }

    private Pattern guard(String name) {
        return guards.getOrDefault(name, NEVER);
    }

    private void line(String line) {
        int space = line.indexOf(' ');
        String kind = line.substring(0, space);
        String rest = line.substring(space + 1);
        switch (kind) {
            case "define" -> {
                int end = rest.indexOf(' ');
                definitions.put(rest.substring(0, end), expanded(rest.substring(end + 1)));
            }
            case "rule" -> {
                int colon = rest.indexOf(" : ");
                rules.add(Rule.parse(rest.substring(0, colon), pattern(rest.substring(colon + 3), 0)));
            }
            case "elided" -> {
                int colon = rest.indexOf(" : ");
                elisions.add(new Elision(rest.substring(0, colon), pattern(rest.substring(colon + 3), 0)));
            }
            default -> guards.put(kind, pattern(rest, IGNORE_CASE));
        }
    }

    private Pattern pattern(String words, int flags) {
        try {
            return Pattern.compile(expanded(words), flags | Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException e) {
            throw new EngineException("A rule for facts is damaged.", file + ": " + words, e);
        }
    }

    private String expanded(String words) {
        return NAME.matcher(words).replaceAll(name -> Matcher.quoteReplacement(
                Objects.requireNonNull(definitions.get(name.group(1)), name.group())));
    }
}
