package io.github.snatsim.trace;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import java.util.Comparator;

/**
 * The connections of a host at one instant, as netstat showed them (rule S6). What it shows is a lower bound: a host forgets a
 * closed connection after about a minute, the gateway holds its port for 240 s. Immutable; threads may share it.
 *
 * @param uses outbound connections by where they go, most first
 * @param inbound connections to ports that the host listens on, which take no SNAT port
 * @param skipped rows that are no connections of this kind, by reason
 */
public record NetstatSnapshot(ImmutableList<Use> uses, int inbound, ImmutableSortedMap<String, Integer> skipped) {
    /**
     * Connections of one address to one destination. Ordered by connections, most first, then by the texts of address and
     * destination.
     *
     * @param instance the local address
     * @param destination where they go
     * @param byState connections by the state that netstat names; UDP sockets have none
     */
    public record Use(IpAddress instance, Destination destination, ImmutableMap<String, Integer> byState)
            implements Comparable<Use> {
        private static final Comparator<Use> ORDER = Comparator.comparing(Use::connections)
                .reversed()
                .thenComparing(use -> use.instance().toString())
                .thenComparing(use -> use.destination().toString());

        /**
         * Returns how many connections there are: at least so many SNAT ports are taken for the destination.
         *
         * @return the sum over all states
         */
        public int connections() {
            return byState.values().stream().mapToInt(Integer::intValue).sum();
        }

        @Override
        public int compareTo(Use other) {
            return ORDER.compare(this, other);
        }
    }
}
