package dev.memfuse.engine;

import java.util.Locale;

/// Job that builds a layer for the rounds that were stored while it was off, and repeats those whose extraction failed.
/// Thread-safe.
public interface LayerBuild {

    /// State of the job.
    enum State {
        /// Not started since the engine started.
        IDLE,
        RUNNING,
        /// Worked through; single rounds may have failed ([Status#failed]), and the next start repeats them.
        DONE,
        /// Cancelled; the next start continues.
        CANCELLED,
        /// Failed; the next start continues.
        FAILED
    }

    /// Rounds of the job.
    enum Scope {
        /// Rounds that were stored while the layer was off, and those whose extraction failed.
        MISSING,
        /// Rounds whose layer rules built, for instance while the language model did not answer.
        MADE_BY_RULES
    }

    /// Work of the job and its estimated duration.
    ///
    /// @param rounds number of rounds without the layer
    /// @param messages number of their messages
    /// @param seconds estimated duration, from the time that a sample text takes to embed; M2 and a language model take
    ///        longer
    /// @param modelCalls minimum number of calls of the language model: one a round; 0 when rules build the layer.
    ///        Contradictions of facts (M2) and repeated calls add to them
    /// @param cents estimated price of these calls, in cents
    record Cost(long rounds, long messages, double seconds, long modelCalls, double cents) {

        /// Creates a cost without a price.
        public Cost(long rounds, long messages, double seconds, long modelCalls) {
            this(rounds, messages, seconds, modelCalls, 0);
        }

        /// Returns the cost for the user.
        public String sentence(DerivedLayer layer, Scope scope) {
            if (scope == Scope.MISSING) {
                return sentence(layer);
            }
            if (rounds == 0) {
                return "No round has " + layer + " made by rules.";
            }
            return String.format(Locale.ROOT, "%s of %s in %s was made by rules. Embedding takes about %s; ", layer,
                    count(messages, "message"), count(rounds, "round"), duration(seconds)) + maker();
        }

        /// Returns the cost for the user.
        public String sentence(DerivedLayer layer) {
            if (rounds == 0) {
                return "No stored round is without " + layer + ".";
            }
            String missing = String.format(Locale.ROOT, "%s is missing for %s in %s. Embedding takes about %s; ", layer,
                    count(messages, "message"), count(rounds, "round"), duration(seconds));
            return missing + maker();
        }

        private String maker() {
            return modelCalls == 0
                    ? "rules build the layer, without calls of a language model."
                    : "the language model is called at least " + count(modelCalls, "time") + ", which takes longer"
                            + (cents > 0
                                    ? String.format(Locale.ROOT, " and costs about %,.2f cents.", cents)
                                    : ".");
        }
    }

    /// Progress of the job.
    ///
    /// @param done rounds that were worked through since the start of the job
    /// @param total rounds without the layer at the start of the job
    /// @param secondsLeft estimated from the rate so far; not finite while it is unknown
    /// @param failed rounds of the layer whose extraction failed; known when the job is done
    /// @param problem why it or the last of these rounds failed, a sentence; else empty
    record Status(State state, long done, long total, double secondsLeft, long failed, String problem) {

        /// Returns the progress or the result for the user; empty before the first start.
        public String sentence(DerivedLayer layer, Scope scope) {
            return scope == Scope.MADE_BY_RULES && state == State.DONE && total == 0
                    ? "No round has " + layer + " made by rules; none was built again."
                    : sentence(layer);
        }

        /// Returns the progress or the result for the user; empty before the first start.
        public String sentence(DerivedLayer layer) {
            String count = String.format(Locale.ROOT, "%,d of %s", done, count(total, "round"));
            return switch (state) {
                case IDLE -> "";
                case RUNNING -> Double.isFinite(secondsLeft)
                        ? count + ", about " + duration(secondsLeft) + " left"
                        : count;
                case DONE -> total == 0
                        ? "No stored round is without " + layer + "; none was built."
                        : built(layer);
                case CANCELLED -> "Stopped after " + count + "; the next start continues with the rest.";
                case FAILED -> "Stopped after " + count + ": " + problem;
            };
        }

        private String built(DerivedLayer layer) {
            String result = String.format(Locale.ROOT, "%s was built for %,d of %s", layer, Math.max(0, done - failed),
                    count(total, "round"));
            return failed == 0
                    ? result + "."
                    : result + "; " + count(failed, "round") + " failed. The last reason: " + problem
                            + " Build again to repeat them; the log names each.";
        }
    }

    private static String count(long value, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", value, noun, value == 1 ? "" : "s");
    }

    private static String duration(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.0f s", Math.max(1, seconds));
        }
        return seconds < 7_200
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%,.1f h", seconds / 3_600);
    }

    /// Returns the cost of building a layer. Blocks for the database and the model.
    Cost cost(DerivedLayer layer, Scope scope);

    /// Returns the cost of building what is missing of a layer. Blocks for the database and the model.
    default Cost cost(DerivedLayer layer) {
        return cost(layer, Scope.MISSING);
    }

    /// Starts the job, or continues a cancelled one; has no effect while it runs.
    void start(DerivedLayer layer, Scope scope);

    /// Starts to build what is missing of a layer.
    default void start(DerivedLayer layer) {
        start(layer, Scope.MISSING);
    }

    /// Cancels the job after the rounds in progress.
    void cancel();

    /// Returns the progress.
    Status status();
}
