package io.github.snatsim.bench;

/** A flow that knows the key of the map that it is in. */
class TupleFlow extends PeerFlow {
    final Tuple tuple;

    TupleFlow(Tuple tuple) {
        this.tuple = tuple;
    }
}
