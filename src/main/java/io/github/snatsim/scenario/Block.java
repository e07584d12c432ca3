package io.github.snatsim.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A mapping to be written: texts, lists and blocks by key, in the order in which they were put. */
final class Block {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    /** A mapping of one key. */
    static Block of(String key, Object value) {
        return new Block().put(key, value);
    }

    /** Puts a {@link String} that is YAML already, a {@link List} of such values, or a block. */
    Block put(String key, Object value) {
        entries.put(key, value);
        return this;
    }

    /** Puts a value unless it is what the reader takes for an absent key. */
    <T> Block putUnless(T absent, String key, T value, Function<T, ?> write) {
        return value.equals(absent) ? this : put(key, write.apply(value));
    }

    <T> Block putIfPresent(String key, Optional<T> value, Function<T, ?> write) {
        value.ifPresent(present -> put(key, write.apply(present)));
        return this;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Map<String, Object> entries() {
        return entries;
    }
}
