package dev.memfuse.engine.memory.time;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules of one language for times. Immutable; the format is described in `english.times`.
public final class TimeRules {
    /// Letters between a time and the period that it lies in: "Monday" and "last week".
    private static final int MAX_GAP = 20;
    /// A clause with more times is a list: none of them is the time of what it states.
    private static final int MAX_MENTIONS = 16;
    /// Letters before it, those of Europe, have no digits but 0 to 9.
    private static final int FIRST_OTHER_DIGIT = 0x660;

    private final Map<String, Integer> vocabulary;
    private final List<TimeRule> rules;
    private final Pattern behind;
    private final Pattern ahead;
    private final Pattern shifted;
    private final Pattern aside;

    /// @param vocabulary values of words, by `list word`
    /// @param behind verbs of the past
    /// @param ahead verbs of the future
    /// @param shifted words after which an appointment has its new time
    /// @param aside words after which times belong to another clause
    TimeRules(Map<String, Integer> vocabulary, List<TimeRule> rules, Pattern behind, Pattern ahead, Pattern shifted,
            Pattern aside) {
        this.vocabulary = Map.copyOf(vocabulary);
        this.rules = List.copyOf(rules);
        this.behind = behind;
        this.ahead = ahead;
        this.shifted = shifted;
        this.aside = aside;
    }

    /// Reads the rules of a language from the files of the program.
    ///
    /// @param language name in lower case
    /// @throws dev.memfuse.engine.exception.EngineException when the file is damaged
    public static TimeRules of(String language) {
        return TimeFile.read(language + ".times");
    }

    /// Returns the first day of the time that a clause states; empty when it states none, or none that a rule
    /// understands.
    ///
    /// @param said end of what the clause states: what follows it may be a clause of its own
    /// @param today day of the message
    public Optional<LocalDate> firstDay(String clause, int said, LocalDate today) {
        String text = own(plainDigits(clause.toLowerCase(Locale.ROOT)), said);
        List<Mention> mentions = mentions(text);
        if (mentions.isEmpty() || mentions.size() > MAX_MENTIONS) {
            return Optional.empty();
        }
        Verbs verbs = new Verbs(starts(behind, text), starts(ahead, text));
        Matcher change = shifted.matcher(text);
        int from = change.find() ? change.end() : 0;
        List<Mention> relevant = mentions.stream().filter(mention -> mention.end() > from).toList();
        boolean moved = from > 0 && !relevant.isEmpty();
        List<Resolved> resolved = new ArrayList<>();
        for (Mention mention : moved ? relevant : mentions) {
            Tense tense = moved ? Tense.FUTURE : verbs.tenseAt(mention.start());
            mention.resolve(today, tense).ifPresent(span -> resolved.add(new Resolved(mention, span, tense)));
        }
        return chosen(inTheirPeriods(resolved), today).map(Span::first);
    }

    /// Returns a text with the digits 0 to 9 in place of those of other scripts, and of wide ones: "２０２４年３月".
    private static String plainDigits(String text) {
        if (text.chars().allMatch(letter -> letter < FIRST_OTHER_DIGIT)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> plain.appendCodePoint(Character.isDigit(letter)
                ? '0' + Character.digit(letter, 10)
                : letter));
        return plain.toString();
    }

    /// Returns a text without the clauses behind it that have times of their own: ", so nights are hard this week".
    private String own(String text, int said) {
        Matcher other = aside.matcher(text).region(Math.min(said, text.length()), text.length())
                .useTransparentBounds(true);
        return other.find() ? text.substring(0, other.start()) : text;
    }

    private record Resolved(Mention mention, Span span, Tense tense) {
        /// Returns whether the tense of the verb allows it: what happened has begun, what will happen is not over.
        boolean fits(LocalDate today) {
            return switch (tense) {
                case PAST -> span.hasBegunOn(today);
                case FUTURE -> !span.hasEndedOn(today);
                case PRESENT -> true;
            };
        }
    }

    /// Replaces a time that comes again by its occurrence in a period beside it: "on Monday" and "next week".
    private static List<Resolved> inTheirPeriods(List<Resolved> all) {
        List<Resolved> result = new ArrayList<>(all);
        for (Resolved one : all) {
            for (Resolved period : all) {
                if (!one.equals(period) && one.mention().gap(period.mention()) <= MAX_GAP) {
                    one.mention().within(period.span()).ifPresent(span -> {
                        result.remove(period);
                        result.remove(one);
                        result.add(new Resolved(one.mention(), span, one.tense()));
                    });
                }
            }
        }
        return result;
    }

    private static Optional<Span> chosen(List<Resolved> all, LocalDate today) {
        List<Resolved> fitting = all.stream().filter(one -> one.fits(today)).toList();
        return (fitting.isEmpty() ? all : fitting).stream()
                .min(Comparator.comparingInt((Resolved one) -> one.mention().rank())
                        .thenComparingInt(one -> one.mention().start()))
                .map(Resolved::span);
    }

    /// Returns the times in a text. Earlier rules take their words first, so that no other rule reads a part of them.
    private List<Mention> mentions(String text) {
        List<Mention> found = new ArrayList<>();
        BitSet taken = new BitSet(text.length());
        for (int rank = 0; rank < rules.size(); rank++) {
            TimeRule rule = rules.get(rank);
            Matcher matcher = rule.words().matcher(text);
            while (matcher.find()) {
                int next = taken.nextSetBit(matcher.start());
                if (matcher.end() > matcher.start() && (next < 0 || next >= matcher.end())) {
                    taken.set(matcher.start(), matcher.end());
                    if (rule.kind() != TimeRule.Kind.NONE) {
                        found.add(new Mention(rule, rank, matcher.toMatchResult(), this));
                    }
                }
            }
        }
        return found;
    }

    private static int[] starts(Pattern verbs, String text) {
        return verbs.matcher(text).results().mapToInt(MatchResult::start).toArray();
    }

    /// Places of the verbs of a text, ascending.
    @SuppressWarnings("ArrayRecordComponent") // never compared or changed
    private record Verbs(int[] past, int[] future) {
        /// Returns the tense of the verb nearest to a place: the last one before it, or else the first one behind it.
        private Tense tenseAt(int place) {
            int lastPast = lastBefore(past, place);
            int lastFuture = lastBefore(future, place);
            if (lastPast >= 0 || lastFuture >= 0) {
                return lastFuture >= lastPast ? Tense.FUTURE : Tense.PAST;
            }
            if (past.length == 0 && future.length == 0) {
                return Tense.PRESENT;
            }
            return first(future) <= first(past) ? Tense.FUTURE : Tense.PAST;
        }

        private static int lastBefore(int[] starts, int place) {
            return Arrays.stream(starts).filter(start -> start < place).max().orElse(-1);
        }

        private static int first(int[] starts) {
            return starts.length == 0 ? Integer.MAX_VALUE : starts[0];
        }
    }

    /// Returns the value of a word; a number in digits is its own value.
    Optional<Integer> value(String list, String word) {
        if (!word.isEmpty() && word.chars().allMatch(letter -> letter >= '0' && letter <= '9')) {
            return Optional.of(Integer.valueOf(word));
        }
        return Optional.ofNullable(vocabulary.get(list + " " + word));
    }

    /// Returns a unit of the language.
    Optional<ChronoUnit> unit(String word) {
        return Optional.ofNullable(vocabulary.get("unit " + word)).map(ordinal -> ChronoUnit.values()[ordinal]);
    }
}
