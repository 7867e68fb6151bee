package dev.memfuse.lab.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.lab.paired.Direction;
import dev.memfuse.lab.paired.Metric;
import org.jspecify.annotations.Nullable;

/// Reads goals.
final class GoalParser {
    private static final String EXAMPLE = "\"minimise query.p99 subject to throughput >= 500/s and recall >= 0.95 of "
            + "start\"";
    private static final Pattern FORM = Pattern.compile("(\\S+)\\s+(\\S+)(?:\\s+subject\\s+to\\s+(.+))?");
    private static final Pattern CONDITION = Pattern
            .compile("([a-z0-9._]+)\\s*(>=|<=|>|<|≥|≤)\\s*([0-9.e+-]+)\\s*([^\\s0-9]*)(\\s*of\\s+(?:the\\s+)?start)?");
    private static final double PERCENT = 100;
    private static final int LONGEST = 2_000;

    private GoalParser() {}

    static Goal parse(String text) {
        if (text.length() > LONGEST) {
            // The patterns take time with the square of the number of blanks.
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "The goal has %,d characters, and at most %,d are allowed; write for instance %s.", text.length(),
                    LONGEST, EXAMPLE));
        }
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw wrong(text, "is no goal; write for instance " + EXAMPLE + ".");
        }
        boolean minimise = minimise(text, matcher.group(1));
        Metric objective = objective(text, matcher.group(2));
        if (minimise == (objective.direction() == Direction.HIGHER_IS_BETTER)) {
            throw wrong(text, String.format(Locale.ROOT, "asks for a worse %s; write %s %s.", objective.title(),
                    minimise ? "maximise" : "minimise", objective.title()));
        }
        List<Constraint> constraints = new ArrayList<>();
        String conditions = matcher.group(3);
        if (conditions != null) {
            for (String condition : conditions.split("\\s+and\\s+|\\s*,\\s*", -1)) {
                constraints.add(constraint(text, condition.strip()));
            }
        }
        return new Goal(text.strip(), objective, minimise, constraints);
    }

    private static boolean minimise(String text, String word) {
        return switch (word) {
            case "minimise", "minimize" -> true;
            case "maximise", "maximize" -> false;
            default -> throw wrong(text, "begins with \"" + word + "\"; a goal begins with minimise or maximise, for "
                    + "instance " + EXAMPLE + ".");
        };
    }

    private static Metric objective(String text, String name) {
        if (name.equals(Constraint.RECALL)) {
            throw wrong(text, "has recall as its objective; recall can be a condition, for instance: minimise "
                    + "query.p95 subject to recall >= 0.95 of start.");
        }
        return metric(text, name);
    }

    private static Metric metric(String text, String name) {
        try {
            return Metric.parse(name);
        } catch (IllegalArgumentException e) {
            throw wrong(text, "names an unknown metric. " + e.getMessage(), e);
        }
    }

    private static Constraint constraint(String text, String condition) {
        Matcher matcher = CONDITION.matcher(condition);
        if (!matcher.matches()) {
            throw wrong(text, "has the condition \"" + condition + "\", which cannot be read; write for instance "
                    + "throughput >= 500/s, add.p95 <= 20 ms or recall >= 0.95 of start.");
        }
        String name = matcher.group(1);
        Metric metric = name.equals(Constraint.RECALL) ? null : metric(text, name);
        boolean ofStart = matcher.group(5) != null;
        double limit = number(text, matcher.group(3)) * factor(text, condition, name, metric, matcher.group(4),
                ofStart);
        if (metric == null && !ofStart && limit > 1) {
            throw wrong(text, "limits recall beyond 1; recall is a share from 0 to 1, or a percentage such as 90 %.");
        }
        String sign = matcher.group(2);
        return new Constraint(metric, sign.startsWith(">") || sign.equals("≥"), limit, ofStart);
    }

    private static double number(String text, String number) {
        try {
            double value = Double.parseDouble(number);
            if (Double.isFinite(value) && value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw wrong(text, "has \"" + number + "\", which is no number of 0 or more.");
    }

    private static double factor(String text, String condition, String name, @Nullable Metric metric, String unit,
            boolean ofStart) {
        if (unit.isEmpty()) {
            return 1;
        }
        if (ofStart || metric == null) {
            if (unit.equals("%")) {
                return 1 / PERCENT;
            }
            throw wrong(text, "has the unit \"" + unit + "\" in \"" + condition + "\"; write a share such as 0.95, "
                    + "or 95 %.");
        }
        if (metric.figure().latency() || metric.figure().unit().equals("ms")) {
            return switch (unit) {
                case "us", "µs" -> 1e-3;
                case "ms" -> 1;
                case "s" -> 1e3;
                default -> throw wrong(text, "has the unit \"" + unit + "\" in \"" + condition
                        + "\"; a time is in us, ms or s.");
            };
        }
        if (unit.equals(metric.figure().unit().toLowerCase(Locale.ROOT))) {
            return 1;
        }
        throw wrong(text, "has the unit \"" + unit + "\" in \"" + condition + "\"; " + name + " is in "
                + metric.figure().unit() + ".");
    }

    private static IllegalArgumentException wrong(String text, String problem) {
        return new IllegalArgumentException("\"" + text.strip() + "\" " + problem);
    }

    private static IllegalArgumentException wrong(String text, String problem, Throwable cause) {
        return new IllegalArgumentException("\"" + text.strip() + "\" " + problem, cause);
    }
}
