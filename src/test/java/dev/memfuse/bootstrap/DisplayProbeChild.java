package dev.memfuse.bootstrap;

/// Prints why this process can show no window.
final class DisplayProbeChild {
    private DisplayProbeChild() {}

    public static void main(String[] arguments) {
        System.out.println(DisplayProbe.windowProblem().orElse("none"));
    }
}
