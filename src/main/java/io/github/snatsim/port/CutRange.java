package io.github.snatsim.port;

/**
 * How many of an instance's flows to one destination a reclaim can cut, whichever ports go (rule P5): no source says
 * which half does. Immutable; threads may share it.
 *
 * @param min flows cut if the reclaimed ports were the least used ones
 * @param max flows cut if the reclaimed ports were the most used ones
 */
public record CutRange(int min, int max) {
    /**
     * Returns the range for an instance with so many flows to one destination: {@code max(0, f - kept)} to
     * {@code min(f, reclaimed)}.
     *
     * @param flows flows of the instance to the destination, one port each, at most {@code portsBefore}
     * @param portsBefore ports that the instance owned
     * @param portsAfter ports that it keeps, at most {@code portsBefore}
     * @return the fewest and the most flows that end
     * @throws IllegalArgumentException if the numbers contradict each other
     */
    public static CutRange of(int flows, int portsBefore, int portsAfter) {
        if (flows < 0 || flows > portsBefore || portsAfter < 0 || portsAfter > portsBefore) {
            throw new IllegalArgumentException(
                    flows + " flows on " + portsBefore + " ports of which " + portsAfter + " are kept");
        }
        int fewest = Math.max(0, flows - portsAfter);
        int most = Math.min(flows, portsBefore - portsAfter);
        return new CutRange(fewest, most);
    }
}
