/**
 * Renders results; computes nothing.
 *
 * <p>Text, JSON, CSV and pages are the same bytes on every JDK, in every locale and time zone: times are UTC, numbers have fixed
 * digits.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.report;

import org.jspecify.annotations.NullMarked;
