package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.metrics.CountsOverTime;
import io.github.snatsim.metrics.DestinationPeak;
import io.github.snatsim.metrics.Episode;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.metrics.PortPercentiles;
import io.github.snatsim.metrics.PortUse;
import io.github.snatsim.metrics.PortsByState;
import io.github.snatsim.metrics.PortsOverTime;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.sim.ReplayResult;
import io.github.snatsim.time.Nanos;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Results made by hand. */
final class Reports {
    static final long START = Nanos.sinceEpoch(Instant.parse("2020-01-01T00:00:00Z"));
    static final IpAddress VM = IpAddress.parse("10.0.0.4");
    static final IpAddress OTHER_VM = IpAddress.parse("10.0.0.5");
    static final Destination WEB = Destination.parse("tcp 203.0.113.7:443");
    static final Destination DNS = Destination.parse("udp 203.0.113.9:53");

    private Reports() {}

    /** Nothing was opened. */
    static ReplayReport empty() {
        MetricsResult nothing = metrics(
                0,
                ImmutableMap.of(),
                OptionalLong.empty(),
                ImmutableList.of(),
                ImmutableList.of(),
                new PortsOverTime(0, 1_000_000, ImmutableList.of()),
                ImmutableList.of());
        return new ReplayReport(
                "empty.pcap", "pcap", new ReplayResult(nothing, 128, 0, 0, 0, 0, 0), ImmutableSortedMap.of(), 0);
    }

    /** Two instances with four ports each; one is exhausted for a minute. */
    static ReplayReport exhausted() {
        MetricsResult metrics = metrics(
                1_234,
                ImmutableMap.of(Outcome.NO_FREE_PORT, 2L),
                OptionalLong.of(at(100_000_001)),
                ImmutableList.of(
                        use(VM, Protocol.TCP, 4, at(1_000_000), new PortsByState(3, 1, 0)),
                        use(OTHER_VM, Protocol.UDP, 1, at(0), new PortsByState(1, 0, 0))),
                ImmutableList.of(
                        new DestinationPeak(VM, Optional.empty(), WEB, 4),
                        new DestinationPeak(OTHER_VM, Optional.empty(), DNS, 1)),
                new PortsOverTime(
                        START,
                        Nanos.ofSeconds(50),
                        ImmutableList.of(
                                new PortsByState(1, 0, 0),
                                new PortsByState(4, 0, 0),
                                new PortsByState(2, 2, 0),
                                new PortsByState(0, 3, 1),
                                new PortsByState(0, 0, 1))),
                ImmutableList.of(new Episode(VM, Optional.empty(), WEB, at(100_000_001), at(160_000_001), 2)));
        return new ReplayReport(
                "trace.pcap",
                "pcap",
                new ReplayResult(metrics, 4, 2, 5_678, 3, START, at(250_500_000)),
                ImmutableSortedMap.of("icmp", 1_000L, "opened-elsewhere", 3L),
                7);
    }

    /** More rows of every kind than are shown. */
    static ReplayReport crowded(int rows) {
        MetricsResult metrics = metrics(
                rows,
                ImmutableMap.of(Outcome.NO_FREE_PORT, (long) rows),
                OptionalLong.of(START),
                IntStream.rangeClosed(1, rows)
                        .mapToObj(i -> use(IpAddress.ofIpv4(i), Protocol.TCP, 1, START, new PortsByState(1, 0, 0)))
                        .collect(ImmutableList.toImmutableList()),
                ImmutableList.of(new DestinationPeak(VM, Optional.empty(), WEB, 1)),
                new PortsOverTime(START, 1_000_000, ImmutableList.of(new PortsByState(1, 0, 0))),
                IntStream.rangeClosed(1, rows)
                        .mapToObj(i -> new Episode(IpAddress.ofIpv4(i), Optional.empty(), WEB, START, START, 1))
                        .collect(ImmutableList.toImmutableList()));
        return new ReplayReport(
                "crowd",
                "conntrack",
                new ReplayResult(metrics, 1, rows, 1, 0, START, START),
                ImmutableSortedMap.of(),
                0);
    }

    /** So many microseconds after the start. */
    static long at(long micros) {
        return START + micros * 1_000;
    }

    private static PortUse use(IpAddress instance, Protocol protocol, int peak, long timeNanos, PortsByState atPeak) {
        return new PortUse(
                instance,
                Optional.empty(),
                protocol,
                peak,
                timeNanos,
                atPeak,
                PortsByState.NONE,
                new PortPercentiles(1, 1, 1),
                new PortsOverTime(START, 1_000_000, ImmutableList.of(atPeak)));
    }

    private static MetricsResult metrics(
            long opened,
            ImmutableMap<Outcome, Long> refused,
            OptionalLong firstRefusalNanos,
            ImmutableList<PortUse> portUse,
            ImmutableList<DestinationPeak> busiest,
            PortsOverTime course,
            ImmutableList<Episode> episodes) {
        return new MetricsResult(
                opened,
                refused,
                firstRefusalNanos,
                opened == 1_234 ? 56 : 0,
                opened == 1_234 ? 9 : 0,
                ImmutableMap.of(FlowEnd.IDLE, opened),
                portUse,
                busiest,
                ImmutableList.of(),
                0,
                PortsByState.NONE,
                course,
                new CountsOverTime(
                        course.startNanos(),
                        course.sliceNanos(),
                        episodes.stream()
                                .map(episode -> ImmutableList.of(episode.refused()))
                                .collect(ImmutableList.toImmutableList())),
                episodes.size(),
                episodes);
    }
}
