package io.github.snatsim.plan;

/**
 * Failures that somebody saw on one instance and wants explained. Immutable; threads may share it.
 *
 * @param failed how many attempts failed, at least 1
 * @param attempts of how many, not fewer
 * @param peak how many ports were in use at most
 */
public record Observation(long failed, long attempts, Peak peak) {
    /** What is known of the most ports that were taken for one destination at one instant. Immutable; threads may share it. */
    public sealed interface Peak {
        /**
         * Seen at the gateway, holds included: not more than that.
         *
         * @param ports the most at one instant, not negative
         */
        record AtGateway(int ports) implements Peak {
            /**
             * Checks the number.
             *
             * @param ports the most at one instant, not negative
             * @throws IllegalArgumentException if it is negative
             */
            public AtGateway {
                check(ports);
            }
        }

        /**
         * Counted at the host, as by netstat, which forgets connections before the gateway does: at least that (S6).
         *
         * @param ports the most at one instant, not negative
         */
        record AtLeast(int ports) implements Peak {
            /**
             * Checks the number.
             *
             * @param ports the most at one instant, not negative
             * @throws IllegalArgumentException if it is negative
             */
            public AtLeast {
                check(ports);
            }
        }

        /** Nobody looked. */
        record Unknown() implements Peak {}

        private static void check(int ports) {
            if (ports < 0) {
                throw new IllegalArgumentException("a peak of " + ports + " ports: expected at least 0");
            }
        }
    }

    /**
     * Checks the numbers.
     *
     * @param failed how many attempts failed, at least 1
     * @param attempts of how many, not fewer
     * @param peak how many ports were in use at most
     * @throws IllegalArgumentException if nothing failed, or more than was attempted
     */
    public Observation {
        if (failed < 1 || failed > attempts) {
            throw new IllegalArgumentException(
                    failed + " failures of " + attempts + " attempts: expected at least 1, and not more than all");
        }
    }

    /**
     * Returns an observation without a count of ports.
     *
     * @param failed how many attempts failed, at least 1
     * @param attempts of how many, not fewer
     * @return the observation
     * @throws IllegalArgumentException if nothing failed, or more than was attempted
     */
    public static Observation of(long failed, long attempts) {
        return new Observation(failed, attempts, new Peak.Unknown());
    }

    /**
     * Returns the share of attempts that failed.
     *
     * @return above 0, up to 1
     */
    public double failedShare() {
        return (double) failed / attempts;
    }

    /** Whether all of so many ports are known to have been taken at some time. */
    boolean sawAllTaken(int ports) {
        return (peak instanceof Peak.AtGateway exact && exact.ports() >= ports)
                || (peak instanceof Peak.AtLeast least && least.ports() >= ports);
    }

    /** Whether there is known to have always been a free one of so many ports. */
    boolean sawOneFree(int ports) {
        return peak instanceof Peak.AtGateway exact && exact.ports() < ports;
    }
}
