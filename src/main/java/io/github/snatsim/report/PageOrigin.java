package io.github.snatsim.report;

import java.util.Optional;

/**
 * Where a page comes from: what its reader needs to make it again. Immutable; threads may share it.
 *
 * @param version the version of SnatSim, for example {@code 0.1.0}
 * @param command the command line that makes the page
 * @param input what the command read, word for word; empty where that is not text
 */
public record PageOrigin(String version, String command, Optional<String> input) {}
