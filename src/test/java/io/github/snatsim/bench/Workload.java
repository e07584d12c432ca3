package io.github.snatsim.bench;

import java.util.Arrays;

/**
 * What the contestants are measured with. Every client slot opens a flow, lets it live and end, and opens the next one
 * once its port is free: so the number of live flows holds still, near {@code slots}.
 *
 * @param name what the results call it
 * @param instances private addresses; slots are spread evenly over them
 * @param slots flows that exist at once, or would if there were ports
 * @param ports SNAT ports per instance
 * @param destinations how many, drawn by Zipf's law with exponent 1
 * @param packets between a flow's SYN and the two packets that close it
 * @param gapSeconds mean time between packets of a flow
 * @param retrySeconds mean time after which a refused slot tries again
 */
record Workload(
        String name,
        int instances,
        int slots,
        int ports,
        int destinations,
        int packets,
        double gapSeconds,
        double retrySeconds) {

    /** Churn to one destination. */
    static final Workload A = new Workload("A", 50, 50_000, 1_024, 1, 0, 0.5, 1);
    /** Churn to many destinations. */
    static final Workload B = new Workload("B", 1_000, 1_000_000, 1_024, 10_000, 0, 0.5, 1);

    static final Workload C4 = packets("C4", 10_000);
    static final Workload C5 = packets("C5", 100_000);
    static final Workload C6 = packets("C6", 1_000_000);
    static final Workload C7 = packets("C7", 10_000_000);
    /** Nearly a thousand slots of each instance wait for a port: nine attempts of ten are refused. */
    static final Workload D = new Workload("D", 50, 101_200, 1_024, 1, 0, 0.5, 23.6);

    private static final Workload[] ALL = {A, B, C4, C5, C6, C7, D};

    /** Ten packets after the SYN of each flow, a thousand flows per instance. */
    private static Workload packets(String name, int slots) {
        return new Workload(name, slots / 1_000, slots, 1_024, 100, 8, 12, 1);
    }

    static Workload named(String name) {
        return Arrays.stream(ALL)
                .filter(workload -> workload.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload '" + name + "': expected one of A, B, C4,"
                        + " C5, C6, C7 (C with 10^4 to 10^7 flows), D"));
    }

    /** The same in small, for a comparison of verdicts. */
    Workload withInstances(int fewer) {
        return new Workload(
                name, fewer, slots / instances * fewer, ports, destinations, packets, gapSeconds, retrySeconds);
    }
}
