package dev.memfuse.lab.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.FactTime;
import dev.memfuse.load.labelled.LabelledDialogue;
import dev.memfuse.load.labelled.LabelledFact;
import dev.memfuse.load.labelled.LabelledTime;

/// Compares the facts of dialogues with their labels and counts. Not thread-safe.
final class FactTally {
    private final List<Long> errors = new ArrayList<>();
    private int dialogues;
    private long facts;
    private long right;
    private long useless;
    private long demanded;
    private long found;
    private long superseded;
    private long supersededRightly;
    private long endings;
    private long endingsFound;
    private long endingsMarked;
    private long conflicts;
    private long repetitions;
    private long repetitionsMerged;
    private long sources;
    private long sourcesRight;
    private long timed;
    private long timesRight;
    private long endsEarly;

    /// Adds a dialogue.
    ///
    /// @param made all facts of the dialogue, superseded ones included
    void add(LabelledDialogue dialogue, List<MadeFact> made) {
        dialogues++;
        Map<UUID, Integer> labels = match(dialogue, made);
        facts += made.size();
        right += labels.size();
        useless += made.stream().filter(fact -> !labels.containsKey(fact.id()))
                .filter(fact -> isUseless(fact, dialogue))
                .count();
        addRecall(dialogue, labels);
        addSupersessions(dialogue, made, labels);
        made.stream().filter(fact -> labels.containsKey(fact.id())).forEach(fact -> {
            LabelledFact label = dialogue.facts().get(labels.getOrDefault(fact.id(), 1) - 1);
            addSources(fact, label);
            addTime(fact.fact().time(), label);
        });
        endsEarly += made.stream().map(fact -> fact.fact().time())
                .filter(time -> time.validTo().filter(end -> end.isBefore(time.observedAt())).isPresent()).count();
    }

    /// Returns the number of the label of each fact that has one. Demanded labels come first, and each gets its first
    /// fact before any gets a second one.
    private static Map<UUID, Integer> match(LabelledDialogue dialogue, List<MadeFact> made) {
        Map<UUID, Integer> matched = new HashMap<>();
        for (boolean again : new boolean[]{false, true}) {
            for (boolean optional : new boolean[]{false, true}) {
                for (int number = 1; number <= dialogue.facts().size(); number++) {
                    LabelledFact label = dialogue.facts().get(number - 1);
                    if (label.optional() == optional && (again || !matched.containsValue(number))) {
                        int wanted = number;
                        made.stream().filter(fact -> !matched.containsKey(fact.id()) && fact.states(label))
                                .limit(again ? made.size() : 1).forEach(fact -> matched.put(fact.id(), wanted));
                    }
                }
            }
        }
        return matched;
    }

    private static boolean isUseless(MadeFact fact, LabelledDialogue dialogue) {
        return !dialogue.untrue().contains(fact.turn()) && dialogue.facts().stream()
                .noneMatch(label -> label.turn() == fact.turn() && fact.contains(label.value()));
    }

    private void addRecall(LabelledDialogue dialogue, Map<UUID, Integer> labels) {
        for (int number = 1; number <= dialogue.facts().size(); number++) {
            if (!dialogue.facts().get(number - 1).optional()) {
                demanded++;
                found += labels.containsValue(number) ? 1 : 0;
            }
        }
    }

    private void addSupersessions(LabelledDialogue dialogue, List<MadeFact> made, Map<UUID, Integer> labels) {
        List<List<Integer>> pairs = new ArrayList<>();
        for (MadeFact fact : made) {
            fact.supersededBy().ifPresent(by -> pairs.add(List.of(labels.getOrDefault(fact.id(), 0),
                    labels.getOrDefault(by, 0))));
        }
        Set<List<Integer>> marked = conflicts(made, labels);
        superseded += pairs.size();
        supersededRightly += pairs.stream().filter(pair -> pair.getLast() > 0
                && dialogue.facts().get(pair.getLast() - 1).supersedes().contains(pair.getFirst())).count();
        for (int number = 1; number <= dialogue.facts().size(); number++) {
            for (int older : dialogue.facts().get(number - 1).supersedes()) {
                endings++;
                boolean found = pairs.contains(List.of(older, number));
                endingsFound += found ? 1 : 0;
                endingsMarked += found || marked.contains(List.of(older, number)) ? 1 : 0;
            }
        }
    }

    /// Counts the conflicts, and returns the numbers of their labels in both orders; 0 for a fact without one.
    private Set<List<Integer>> conflicts(List<MadeFact> made, Map<UUID, Integer> labels) {
        Set<List<Integer>> numbers = new HashSet<>();
        long marks = 0;
        for (MadeFact fact : made) {
            for (UUID other : fact.fact().conflictsWith()) {
                marks++;
                numbers.add(List.of(labels.getOrDefault(fact.id(), 0), labels.getOrDefault(other, 0)));
            }
        }
        conflicts += marks / 2;
        return numbers;
    }

    private void addSources(MadeFact fact, LabelledFact label) {
        repetitions += fact.turn() == label.turn() ? label.repeated().size() : 0;
        for (int turn : fact.turns().subList(1, fact.turns().size())) {
            sources++;
            boolean same = turn == label.turn() || label.repeated().contains(turn);
            sourcesRight += same ? 1 : 0;
            repetitionsMerged += same ? 1 : 0;
        }
    }

    private void addTime(FactTime time, LabelledFact label) {
        Optional<LabelledTime> stated = label.period();
        if (stated.isEmpty() && time.happenedAt().isEmpty()) {
            return;
        }
        timed++;
        if (stated.isPresent() && time.happenedAt().isPresent()) {
            long error = stated.get().daysFrom(time.happenedAt().get());
            errors.add(error);
            timesRight += error == 0 ? 1 : 0;
        }
    }

    FactScores scores() {
        return new FactScores(dialogues, facts, Share.of(right, facts), Share.of(useless, facts),
                Share.of(facts - right - useless, facts), Share.of(found, demanded),
                Share.of(supersededRightly, superseded), Share.of(endingsFound, endings),
                conflicts, Share.of(endingsMarked, endings),
                Share.of(repetitionsMerged, repetitions), Share.of(sourcesRight, sources),
                Share.of(timesRight, timed), median(), endsEarly);
    }

    private double median() {
        List<Long> sorted = errors.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.isEmpty()
                ? 0
                : sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }
}
