package io.github.snatsim.bench;

final class EndToEnd {
    private EndToEnd() {}

    static void run() {}
}
