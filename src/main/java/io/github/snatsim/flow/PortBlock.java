package io.github.snatsim.flow;

import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.PortSet;
import org.jspecify.annotations.Nullable;

/**
 * The ports that an instance owns for one protocol, and how many flows use each: bit maps in words of 64 ports,
 * from the word of the lowest owned port to that of the highest. About {@code ports / 4} bytes, and 272 more for each
 * word of which a port has ever been used.
 */
final class PortBlock {
    static final int WORD_PORTS = Long.SIZE;

    private final int firstWord;
    private final long[] owned;
    private final long[] used;
    private final int[] @Nullable [] flowsByPort;
    private final int ownedCount;
    private int usedCount;

    /** Words with a port that no flow uses, a bit for each. */
    private final long[] unusedWords;

    private int lastTaken = PortView.NONE;

    PortBlock(PortSet ports) {
        firstWord = ports.isEmpty() ? 0 : ports.first() / WORD_PORTS;
        int words = ports.isEmpty() ? 0 : ports.last() / WORD_PORTS - firstWord + 1;
        owned = new long[words];
        used = new long[words];
        flowsByPort = new int[words][];
        ownedCount = ports.size();
        for (PortRange range : ports.ranges()) {
            for (int port = range.first(); port <= range.last(); port++) {
                owned[port / WORD_PORTS - firstWord] |= 1L << port;
            }
        }
        unusedWords = new long[(words + Long.SIZE - 1) / Long.SIZE];
        for (int i = 0; i < words; i++) {
            noteUnused(i);
        }
    }

    private void noteUnused(int i) {
        if ((owned[i] & ~used[i]) != 0) {
            unusedWords[i / Long.SIZE] |= 1L << i;
        } else {
            unusedWords[i / Long.SIZE] &= ~(1L << i);
        }
    }

    /** Returns a block with other ports and the same use. */
    PortBlock with(PortSet ports) {
        PortBlock block = new PortBlock(ports);
        block.lastTaken = lastTaken;
        block.usedCount = usedCount;
        for (int word = firstWord; word <= lastWord(); word++) {
            if (used(word) != 0) {
                boolean kept = word >= block.firstWord && word <= block.lastWord();
                if (!kept || (used(word) & ~block.owned(word)) != 0) {
                    throw new IllegalStateException("a port outside " + ports + " still has flows");
                }
                block.used[word - block.firstWord] = used(word);
                block.flowsByPort[word - block.firstWord] = flowsByPort[word - firstWord];
                block.noteUnused(word - block.firstWord);
            }
        }
        return block;
    }

    int ownedCount() {
        return ownedCount;
    }

    /** Rule T6: distinct ports with at least one flow. */
    int usedCount() {
        return usedCount;
    }

    int firstWord() {
        return firstWord;
    }

    int lastWord() {
        return firstWord + owned.length - 1;
    }

    long owned(int word) {
        return owned[word - firstWord];
    }

    long used(int word) {
        return used[word - firstWord];
    }

    boolean owns(int port) {
        int word = port / WORD_PORTS;
        return port >= 0 && word >= firstWord && word <= lastWord() && (owned(word) >>> port & 1) != 0;
    }

    int lastTaken() {
        return lastTaken;
    }

    /** Counts one more flow on a port. */
    void take(int port) {
        int i = port / WORD_PORTS - firstWord;
        int[] flows = flowsByPort[i];
        if (flows == null) {
            flows = new int[WORD_PORTS];
            flowsByPort[i] = flows;
        }
        if (flows[port % WORD_PORTS]++ == 0) {
            used[i] |= 1L << port;
            usedCount++;
            noteUnused(i);
        }
        lastTaken = port;
    }

    /** Counts one flow fewer on a port. */
    void giveBack(int port) {
        int i = port / WORD_PORTS - firstWord;
        int[] flows = flowsByPort[i];
        if (flows == null || flows[port % WORD_PORTS] == 0) {
            throw new IllegalStateException("port " + port + " was given back but never taken");
        }
        if (--flows[port % WORD_PORTS] == 0) {
            used[i] &= ~(1L << port);
            usedCount--;
            noteUnused(i);
        }
    }

    /** The lowest port that no flow uses, or {@link PortView#NONE}: a look at one word for each 4,096 ports. */
    int lowestUnused() {
        for (int group = 0; group < unusedWords.length; group++) {
            if (unusedWords[group] != 0) {
                int i = group * Long.SIZE + Long.numberOfTrailingZeros(unusedWords[group]);
                return (firstWord + i) * WORD_PORTS + Long.numberOfTrailingZeros(owned[i] & ~used[i]);
            }
        }
        return PortView.NONE;
    }
}
