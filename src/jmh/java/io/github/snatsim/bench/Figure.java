package io.github.snatsim.bench;

/**
 * What one fork measured.
 *
 * @param nanos per event
 * @param allocated bytes per event
 * @param footprint heap bytes per live flow
 * @param live flows
 */
record Figure(double nanos, double allocated, double footprint, double live) {}
