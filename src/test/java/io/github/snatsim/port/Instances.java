package io.github.snatsim.port;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.IpAddress;
import java.util.stream.IntStream;

/** Private addresses of instances, numbered from 0. */
final class Instances {
    private static final int FIRST = 0x0a000001;

    private Instances() {}

    static IpAddress number(int number) {
        return IpAddress.ofIpv4(FIRST + number);
    }

    /** Returns instances 0 to {@code count - 1}. */
    static ImmutableList<IpAddress> first(int count) {
        return between(0, count);
    }

    /** Returns instances {@code from} to {@code to - 1}. */
    static ImmutableList<IpAddress> between(int from, int to) {
        return IntStream.range(from, to).mapToObj(Instances::number).collect(ImmutableList.toImmutableList());
    }
}
