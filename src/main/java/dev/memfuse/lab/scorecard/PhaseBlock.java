package dev.memfuse.lab.scorecard;

import java.util.Map;

import dev.memfuse.fault.NetworkProfile;

/// One phase in one round.
///
/// @param network network between the program and its database
/// @param round number of the round, from 1; the blocks of a round do the same work
/// @param figures measured figures; without those that this machine cannot measure
/// @param stages mean milliseconds of an operation in each stage, by step of the load test
public record PhaseBlock(NetworkProfile network, int round, Phase phase, Map<Figure, Double> figures,
        Map<PlanStep, Map<String, Double>> stages) {}
