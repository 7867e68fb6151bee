package dev.memfuse;

public final class Main {
    private Main() {}

    static void main(String[] args) {
        System.out.println("hello " + String.join(" ", args));
    }
}
