package io.github.snatsim.aws;

/**
 * An alarm changed its state. Immutable; threads may share it.
 *
 * @param timeNanos when: the end of the period that decided it
 * @param before the state it left
 * @param after the state it is in now
 */
public record AlarmChange(long timeNanos, AlarmState before, AlarmState after) {}
