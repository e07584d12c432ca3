package io.github.snatsim.azure;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;

/** Which instances can have which outbound method, and what follows (rule S4): the data by which attempts are refused. Stateless. */
public final class MethodMatrix {
    /**
     * One kind of instance with one method.
     *
     * @param kind what the instance is
     * @param method the method
     * @param available whether such an instance can have it
     * @param protocols what it carries; none if it is not available
     * @param mitigations what helps against exhaustion; none if it is not available
     */
    public record Row(
            InstanceKind kind,
            OutboundMethod method,
            boolean available,
            ImmutableSet<IpProtocol> protocols,
            ImmutableList<Mitigation> mitigations) {}

    private MethodMatrix() {}

    /**
     * Returns all rows, by kind and then by precedence.
     *
     * @return nine rows
     */
    public static ImmutableList<Row> rows() {
        return Arrays.stream(InstanceKind.values())
                .flatMap(kind -> Arrays.stream(OutboundMethod.values()).map(method -> row(kind, method)))
                .collect(toImmutableList());
    }

    private static Row row(InstanceKind kind, OutboundMethod method) {
        boolean available = method.isFor(kind);
        return new Row(
                kind,
                method,
                available,
                available ? method.protocols() : ImmutableSet.of(),
                available ? method.mitigations(kind) : ImmutableList.of());
    }
}
