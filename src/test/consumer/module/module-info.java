/** A user's program as a named module. */
module io.github.snatsim.consumer {
    requires io.github.snatsim;
}
