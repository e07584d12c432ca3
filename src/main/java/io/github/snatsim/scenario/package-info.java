/**
 * The scenario file (YAML/JSON) and its validation.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.scenario;

import org.jspecify.annotations.NullMarked;
