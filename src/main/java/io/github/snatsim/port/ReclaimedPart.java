package io.github.snatsim.port;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.PortRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which part of an instance's ports goes when its pool grows into a higher tier (rule P5; no source says which).
 * Immutable; threads may share it.
 */
public enum ReclaimedPart {
    /** The highest ports go: the default. */
    UPPER {
        @Override
        PortSet choose(PortSet owned, int count, Random random) {
            return owned.highest(count);
        }
    },
    /** The lowest ports go. */
    LOWER {
        @Override
        PortSet choose(PortSet owned, int count, Random random) {
            return owned.lowest(count);
        }
    },
    /** Aligned blocks of 8 go, drawn by the allocator's seed. */
    RANDOM {
        @Override
        PortSet choose(PortSet owned, int count, Random random) {
            List<PortRange> blocks = new ArrayList<>();
            for (PortRange range : owned.ranges()) {
                for (int first = range.first(); first <= range.last(); first += TierTable.ALIGNMENT) {
                    blocks.add(new PortRange(first, first + TierTable.ALIGNMENT - 1));
                }
            }
            Collections.shuffle(blocks, random);
            return PortSet.of(ImmutableList.copyOf(blocks.subList(0, count / TierTable.ALIGNMENT)));
        }
    };

    /** Returns {@code count} of the owned ports. */
    abstract PortSet choose(PortSet owned, int count, Random random);
}
