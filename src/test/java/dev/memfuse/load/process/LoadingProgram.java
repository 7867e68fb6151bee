package dev.memfuse.load.process;

import java.time.Duration;
import java.util.Optional;

import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.GeneratorPlace;
import dev.memfuse.load.run.Loads;

/// A program that runs a long load whose generator has a process of its own, and says so on its standard output.
final class LoadingProgram {
    private LoadingProgram() {}

    public static void main(String[] arguments) {
        try (Loads loads = new Loads()) {
            LoadRun run = loads.service.start(new Workload(2, new Arrival.Open(50, 100), Duration.ofMinutes(5),
                    Duration.ZERO, Loads.ADDS, 5, 5, 42, Optional.empty()).withGenerator(GeneratorPlace.PROCESS));
            Loads.awaitPhase(run, LoadRun.Phase.MEASURING);
            System.out.println("running");
            run.result().join();
        }
    }
}
