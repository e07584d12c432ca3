package io.github.snatsim.workload;

import io.github.snatsim.net.Destination;
import java.time.Duration;
import java.util.Optional;

/**
 * A time in which a destination fails (rule C6). Immutable; threads may share it.
 *
 * @param destination which, empty for all
 * @param from when it begins, not negative
 * @param until when it is over, after {@code from}
 * @param share of the requests that fail, above 0 to 1
 * @param failure how they fail
 */
public record Outage(Optional<Destination> destination, Duration from, Duration until, double share, Failure failure) {
    /** How a request fails. Immutable; threads may share it. */
    public enum Failure {
        /** The server resets the connection at once: the port waits for the RST hold. */
        RST,
        /** The server never answers: the client gives the connection up after its time-out, with a FIN, or an RST
         * if that is how it closes. */
        SILENCE,
        /** The server answers with an error in its usual time; the connection is then closed as usual. */
        ERROR
    }

    /**
     * Checks the times and the share.
     *
     * @param destination which, empty for all
     * @param from when it begins, not negative
     * @param until when it is over, after {@code from}
     * @param share of the requests that fail, above 0 to 1
     * @param failure how they fail
     * @throws IllegalArgumentException if one is out of range
     */
    public Outage {
        Checks.notNegative("the beginning of an outage", from);
        Checks.notNegative("the end of an outage", until);
        if (until.compareTo(from) <= 0) {
            throw new IllegalArgumentException("an outage until " + until + " that begins at " + from);
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("an outage's share of " + share + ": expected above 0, up to 1");
        }
    }

    /** Tells whether requests to a destination can fail at a time. */
    boolean covers(Destination to, long timeNanos) {
        return timeNanos >= from.toNanos()
                && timeNanos < until.toNanos()
                && (destination.isEmpty() || destination.get().equals(to));
    }
}
