package io.github.snatsim.bench;

import java.util.function.Function;

/** Who takes part, in the order of the result tables. */
enum Entrant {
    /** This library, event by event. */
    SNATSIM(SnatSim::new, false),
    /** This library, in batches. */
    SNATSIM_BATCHED(SnatSimBatched::new, false),
    LINKED_HASH_MAPS(LinkedMaps::new, true),
    HASH_MAP_HEAP(HashMapAndHeap::new, true),
    AGRONA(AgronaWheel::new, true),
    CAFFEINE(CaffeineCache::new, true),
    GUAVA(GuavaCaches::new, true),
    /** Not a table: the price of a cache miss. */
    POINTER_CHASE(PointerChase::new, false);

    private final Function<Workload, Contestant> maker;
    private final boolean peer;

    Entrant(Function<Workload, Contestant> maker, boolean peer) {
        this.maker = maker;
        this.peer = peer;
    }

    Contestant make(Workload workload) {
        return maker.apply(workload);
    }

    /** Whether it is what a user would write instead. */
    boolean isPeer() {
        return peer;
    }

    /**
     * The collector that it is measured under, its best: those who allocate gain from several threads once their live objects no
     * longer fit the caches; to the others it makes no difference but for large arrays, which begin at a line of the cache
     * under G1 and anywhere under the others. {@code collectors} shows whether so.
     */
    String collector(Workload workload) {
        return workload.slots() < 1_000_000 ? "SerialGC" : peer ? "ParallelGC" : "G1GC";
    }
}
