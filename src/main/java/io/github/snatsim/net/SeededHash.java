package io.github.snatsim.net;

/** Numbers that look random and follow from a seed and a name only, the same on every JDK. Stateless. */
public final class SeededHash {
    private SeededHash() {}

    /**
     * Returns a number for a name.
     *
     * @param seed another seed gives unrelated numbers
     * @param name any text
     * @return all 64 bits are equally good
     */
    public static long of(long seed, String name) {
        long hash = mix(seed);
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash ^ name.charAt(i));
        }
        return hash;
    }

    /**
     * Returns a number for a number: the finalizer of MurmurHash3 after a step of the golden ratio, so that neighbours give
     * unrelated results.
     *
     * @param value any number
     * @return all 64 bits are equally good
     */
    public static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
