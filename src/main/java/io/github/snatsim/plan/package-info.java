/**
 * Closed-form and simulated answers; comparison of mitigations.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.plan;

import org.jspecify.annotations.NullMarked;
