package io.github.snatsim.flow;

import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.PortSet;
import java.util.Arrays;

/**
 * The ports that an instance owns for one protocol, and how many flows use each: bit maps in words of 64 ports,
 * from the word of the lowest owned port to that of the highest. About {@code ports / 4} bytes, and 4 more for each
 * port up to the highest that has ever been used, or twice as many; some four cache lines to take a port or give it back.
 */
final class PortBlock {
    static final int WORD_PORTS = Long.SIZE;

    private final int firstWord;
    private final int lastWord;
    private final int ownedCount;
    private int usedCount;
    private int lastTaken = PortView.NONE;

    /** For each word the owned ports, then those in use; neighbours, for they are looked at together. */
    private final long[] words;

    /** Words with a port that no flow uses, a bit for each. */
    private final long[] unusedWords;

    /** Flows by port, from the first port of the first word on, as far as ports have been used. */
    private int[] flows = new int[0];

    PortBlock(PortSet ports) {
        firstWord = ports.isEmpty() ? 0 : ports.first() / WORD_PORTS;
        lastWord = ports.isEmpty() ? -1 : ports.last() / WORD_PORTS;
        words = new long[2 * wordCount()];
        ownedCount = ports.size();
        for (PortRange range : ports.ranges()) {
            for (int port = range.first(); port <= range.last(); port++) {
                words[at(port / WORD_PORTS)] |= 1L << port;
            }
        }
        unusedWords = new long[(wordCount() + Long.SIZE - 1) / Long.SIZE];
        for (int word = firstWord; word <= lastWord; word++) {
            noteUnused(word);
        }
    }

    private int wordCount() {
        return lastWord - firstWord + 1;
    }

    private int at(int word) {
        return 2 * (word - firstWord);
    }

    private void noteUnused(int word) {
        int i = word - firstWord;
        if ((owned(word) & ~used(word)) != 0) {
            unusedWords[i / Long.SIZE] |= 1L << i;
        } else {
            unusedWords[i / Long.SIZE] &= ~(1L << i);
        }
    }

    /** Returns a block with other ports and the same use. */
    PortBlock with(PortSet ports) {
        PortBlock block = new PortBlock(ports);
        for (int i = 0; i < flows.length; i++) {
            if (flows[i] > 0) {
                int port = firstWord * WORD_PORTS + i;
                if (!block.owns(port)) {
                    throw new IllegalStateException("a port outside " + ports + " still has flows");
                }
                block.set(port, flows[i]);
                block.use(port);
            }
        }
        block.lastTaken = lastTaken;
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
        return lastWord;
    }

    long owned(int word) {
        return words[at(word)];
    }

    long used(int word) {
        return words[at(word) + 1];
    }

    boolean owns(int port) {
        int word = port / WORD_PORTS;
        return port >= 0 && word >= firstWord && word <= lastWord && (owned(word) >>> port & 1) != 0;
    }

    int lastTaken() {
        return lastTaken;
    }

    /** Loads what taking a port looks at first, as {@link FlowStore#touch} does. */
    long touch() {
        return usedCount + (words.length == 0 ? 0 : words[0]);
    }

    /** Counts one more flow on a port. */
    void take(int port) {
        int before = flowsOn(port);
        set(port, before + 1);
        if (before == 0) {
            use(port);
        }
        lastTaken = port;
    }

    private int flowsOn(int port) {
        int i = port - firstWord * WORD_PORTS;
        return i < flows.length ? flows[i] : 0;
    }

    private void set(int port, int count) {
        int i = port - firstWord * WORD_PORTS;
        if (i >= flows.length) {
            int enough = (i / WORD_PORTS + 1) * WORD_PORTS;
            flows = Arrays.copyOf(flows, Math.min(wordCount() * WORD_PORTS, Math.max(enough, flows.length * 2)));
        }
        flows[i] = count;
    }

    private void use(int port) {
        int word = port / WORD_PORTS;
        words[at(word) + 1] |= 1L << port;
        usedCount++;
        noteUnused(word);
    }

    /** Counts one flow fewer on a port. */
    void giveBack(int port) {
        int before = flowsOn(port);
        if (before == 0) {
            throw new IllegalStateException("port " + port + " was given back but never taken");
        }
        set(port, before - 1);
        if (before == 1) {
            int word = port / WORD_PORTS;
            words[at(word) + 1] &= ~(1L << port);
            usedCount--;
            noteUnused(word);
        }
    }

    /** The lowest port that no flow uses, or {@link PortView#NONE}: a look at one word for each 4,096 ports. */
    int lowestUnused() {
        for (int group = 0; group < unusedWords.length; group++) {
            if (unusedWords[group] != 0) {
                int word = firstWord + group * Long.SIZE + Long.numberOfTrailingZeros(unusedWords[group]);
                return word * WORD_PORTS + Long.numberOfTrailingZeros(owned(word) & ~used(word));
            }
        }
        return PortView.NONE;
    }
}
