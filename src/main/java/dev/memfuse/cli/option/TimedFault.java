package dev.memfuse.cli.option;

import java.time.Duration;

import dev.memfuse.fault.Fault;

/// A fault of the network while a load runs.
///
/// @param at time after the start of the load, warm-up included
/// @param fault the fault
/// @param length time until its end; zero for a reset, which is over at once
public record TimedFault(Duration at, Fault fault, Duration length) {}
