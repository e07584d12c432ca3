/**
 * Wires the rest: flags in, exit code out.
 *
 * <p>Exit codes: 0 when the command did its work, whatever it found; 2 for wrong usage or input; 1 for a failure. An
 * error is one line on standard error.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.cli;

import org.jspecify.annotations.NullMarked;
