package io.github.snatsim.scenario;

import io.github.snatsim.workload.Retry;
import java.time.Duration;
import java.util.List;

/** Makes a retry policy. Without a number of retries a request is tried until it succeeds. */
final class RetryBinder {
    /** The factor of {@link Retry#exponential}. */
    static final double USUAL_FACTOR = 2;

    private RetryBinder() {}

    static Retry retry(Node node) {
        Choice choice = Choice.of(node, List.of("none", "immediate"), List.of("immediate", "fixed", "exponential"));
        if (choice.value() == null) {
            return choice.kind().equals("none") ? Retry.none() : Retry.immediate(Integer.MAX_VALUE);
        }
        return switch (choice.kind()) {
            case "immediate" -> Retry.immediate(retries(Keys.of(choice.content(), List.of("retries"))));
            case "fixed" -> fixed(Keys.of(choice.content(), List.of("delay", "retries")));
            default -> exponential(Keys.of(choice.content(), List.of("delay", "cap", "jitter", "retries", "factor")));
        };
    }

    private static int retries(Keys keys) {
        return keys.find("retries", Units::countOrNone, Integer.MAX_VALUE);
    }

    private static Retry fixed(Keys keys) {
        Duration delay = keys.require("delay", Units::duration);
        return keys.build("delay", () -> Retry.fixed(retries(keys), delay));
    }

    private static Retry exponential(Keys keys) {
        Duration delay = keys.require("delay", Units::duration);
        Duration cap = keys.require("cap", Units::duration);
        double jitter = keys.find("jitter", Units::share, 0.0);
        double factor = keys.find("factor", Units::number, USUAL_FACTOR);
        int retries = retries(keys);
        keys.build("jitter", () -> new Retry(0, Duration.ZERO, 1, Duration.ZERO, jitter));
        keys.build("factor", () -> new Retry(0, Duration.ZERO, factor, Duration.ZERO, 0));
        return keys.build("cap", () -> new Retry(retries, delay, factor, cap, jitter));
    }
}
