package io.github.snatsim.workload;

/** The running counts of one client: what it saw itself. Not for use by several threads at once. */
public final class ClientCounters {
    long requests;
    long completed;
    long gaveUp;
    long attempts;
    long refused;
    long failures;
    long sourcePortsOut;
    long retries;
    final WaitHistogram waits = new WaitHistogram();

    ClientCounters() {}

    void add(ClientCounters other) {
        requests += other.requests;
        completed += other.completed;
        gaveUp += other.gaveUp;
        attempts += other.attempts;
        refused += other.refused;
        failures += other.failures;
        sourcePortsOut += other.sourcePortsOut;
        retries += other.retries;
        waits.add(other.waits);
    }

    /**
     * Returns the number of requests that began.
     *
     * @return the count
     */
    public long requests() {
        return requests;
    }

    /**
     * Returns the number of requests that got their answer.
     *
     * @return the count
     */
    public long completed() {
        return completed;
    }

    /**
     * Returns the number of requests that ended without one.
     *
     * @return the count
     */
    public long gaveUp() {
        return gaveUp;
    }

    /**
     * Returns the number of attempts to open a flow.
     *
     * @return the count
     */
    public long attempts() {
        return attempts;
    }

    /**
     * Returns the number of attempts that were refused.
     *
     * @return the count
     */
    public long refused() {
        return refused;
    }

    /**
     * Returns the number of tries that failed after they had a connection.
     *
     * @return the count
     */
    public long failures() {
        return failures;
    }

    /**
     * Returns the number of tries that failed because the host had no source port left.
     *
     * @return the count
     */
    public long sourcePortsOut() {
        return sourcePortsOut;
    }

    /**
     * Returns the number of tries after the first.
     *
     * @return the count
     */
    public long retries() {
        return retries;
    }

    /**
     * Returns how long the completed requests waited from their beginning to their last connection, to within one per cent.
     *
     * @param percent the share of the waits that are not longer, above 0 to 100
     * @return nanoseconds, 0 if nothing has got a connection
     */
    public long waitNanos(int percent) {
        return waits.percentile(percent);
    }

    /**
     * Returns the longest wait.
     *
     * @return nanoseconds, exact
     */
    public long waitNanosMax() {
        return waits.max();
    }
}
