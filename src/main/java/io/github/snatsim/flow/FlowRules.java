package io.github.snatsim.flow;

import io.github.snatsim.time.Nanos;
import java.time.Duration;

/**
 * Timers and selectable readings of a flow's life. Immutable; threads may share it.
 *
 * @param finHold how long a port waits after the FINs (R1), not negative
 * @param rstHold how long a port waits after an RST (R2), not negative
 * @param finTrigger which FINs begin the hold (R1)
 * @param holdSyn what a SYN in a hold does (T5)
 */
public record FlowRules(Duration finHold, Duration rstHold, FinTrigger finTrigger, HoldSyn holdSyn) {
    /**
     * Checks the timers.
     *
     * @param finHold how long a port waits after the FINs (R1), not negative
     * @param rstHold how long a port waits after an RST (R2), not negative
     * @param finTrigger which FINs begin the hold (R1)
     * @param holdSyn what a SYN in a hold does (T5)
     * @throws IllegalArgumentException if a timer is negative
     * @throws ArithmeticException if a timer is longer than 292 years
     */
    public FlowRules {
        check("FIN hold", finHold);
        check("RST hold", rstHold);
    }

    private static void check(String name, Duration duration) {
        if (Nanos.of(duration) < 0) {
            throw new IllegalArgumentException(name + " " + duration + " is negative");
        }
    }

    /**
     * Returns the rules of the classic deployment model.
     *
     * @return 240 s after the FINs of both sides (R1), 15 s after an RST (R2), a SYN in a hold revives (T5)
     */
    public static FlowRules classic() {
        return new FlowRules(Duration.ofSeconds(240), Duration.ofSeconds(15), FinTrigger.BOTH_SIDES, HoldSyn.REVIVES);
    }
}
