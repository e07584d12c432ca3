package io.github.snatsim.trace;

import com.google.common.collect.ImmutableSortedMap;

/** How many records were skipped, by reason. */
final class SkipCounts {
    private final long[] counts = new long[SkipReason.values().length];

    void add(SkipReason reason) {
        counts[reason.ordinal()]++;
    }

    /** Returns only what is above zero. */
    ImmutableSortedMap<SkipReason, Long> toMap() {
        ImmutableSortedMap.Builder<SkipReason, Long> map = ImmutableSortedMap.naturalOrder();
        for (SkipReason reason : SkipReason.values()) {
            if (counts[reason.ordinal()] > 0) {
                map.put(reason, counts[reason.ordinal()]);
            }
        }
        return map.build();
    }
}
