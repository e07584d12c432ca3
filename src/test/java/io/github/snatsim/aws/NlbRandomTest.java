package io.github.snatsim.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import io.github.snatsim.aws.NaiveNlb.NaiveFlow;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random packets, clock moves and attribute changes at a small load balancer, where everything meets everything, against
 * {@link NaiveNlb}; after every step both must agree in every respect. {@code -Dsnatsim.random.steps=N} runs longer, {@code
 * -Dsnatsim.random.seed=S} elsewhere.
 */
class NlbRandomTest {
    private static final int WORLDS = 24;
    private static final int STEPS = Integer.getInteger("snatsim.random.steps", 72_000) / WORLDS;
    private static final long SEED = Long.getLong("snatsim.random.seed", 20_261_125);

    private static final List<Destination> DESTINATIONS = List.of(
            Destination.parse("tcp 198.51.100.1:80"),
            Destination.parse("tcp 198.51.100.1:81"),
            Destination.parse("tcp 198.51.100.1:443"),
            Destination.parse("udp 198.51.100.1:53"),
            Destination.parse("udp 198.51.100.1:80"), // no listener
            Destination.parse("tcp 198.51.100.9:80")); // no listener

    private static final List<Kind> KINDS = List.of(Kind.SYN, Kind.PACKET, Kind.FIN);

    private static LongStream seeds() {
        return LongStream.range(SEED, SEED + WORLDS);
    }

    /** A gateway and its model to which the same things happen. */
    private static final class World {
        private final Random random;
        private final NlbGateway gateway;
        private final NlbLog log;
        private final NaiveNlb naive;
        private final List<FiveTuple> tuples = new ArrayList<>();
        private final NlbMetrics established;
        private final NlbMetrics withSynSent;
        private final Map<NaiveFlow, Endpoint> targets = new HashMap<>();
        private final Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        private int changes;
        private long nowNanos;
        private int compared;

        private World(long seed) {
            random = new Random(seed);
            NetworkLoadBalancer balancer = NlbBench.balancer(1 + random.nextInt(3))
                    .withFullTable(random.nextBoolean() ? FullTable.SILENT : FullTable.RST)
                    .withTargetPackets(random.nextInt(3) == 0 ? TargetPackets.NOT_SEEN : TargetPackets.SEEN)
                    .withHalfOpenIdle(Duration.ofSeconds(1 + random.nextInt(100)))
                    .withSeed(seed);
            gateway = new NlbGateway(balancer);
            naive = new NaiveNlb(balancer);
            Duration period = Duration.ofSeconds(30 + random.nextInt(300));
            established = new NlbMetrics(ActiveFlows.ESTABLISHED, 0, period);
            withSynSent = new NlbMetrics(ActiveFlows.SYN_SENT_AND_ESTABLISHED, 0, period);
            log = new NlbLog(gateway.keys(), established, withSynSent);
            gateway.listen(log);
            for (Destination destination : DESTINATIONS) {
                for (int port = 0; port < 4; port++) {
                    Endpoint source = new Endpoint(IpAddress.ofIpv4(0xcb007101 + port % 2), 1_024 + port);
                    tuples.add(new FiveTuple(destination.protocol(), source, destination.endpoint()));
                }
            }
        }

        private void step() {
            int what = random.nextInt(100);
            if (what < 4) {
                nowNanos = nextTime();
                gateway.advanceTo(nowNanos);
                naive.advanceTo(nowNanos);
            } else if (what < 8) {
                modify();
            } else {
                nowNanos = nextTime();
                Kind kind = kind();
                Side side = random.nextInt(10) < 6 ? Side.INITIATOR : Side.RESPONDER;
                FiveTuple tuple = tuples.get(random.nextInt(tuples.size()));
                Outcome outcome = gateway.offer(new FlowEvent(nowNanos, kind, side, tuple))
                        .outcome();
                assertThat(outcome)
                        .as("%s from %s on %s", kind, side, tuple)
                        .isEqualTo(naive.offer(nowNanos, kind, side, tuple));
                outcomes.add(outcome);
            }
        }

        /** Often the present, now and then just before, at or after the next deadline, else up to two minutes on. */
        private long nextTime() {
            int what = random.nextInt(20);
            OptionalLong deadline =
                    naive.all().stream().mapToLong(NaiveFlow::deadline).min();
            if (what < 9) {
                return nowNanos;
            } else if (what < 12 && deadline.isPresent()) {
                return Math.max(nowNanos, deadline.getAsLong() - 1 + random.nextInt(3));
            } else if (what < 16) {
                return nowNanos + NlbBench.seconds(random.nextInt(30));
            }
            return nowNanos + (long) (random.nextDouble() * NlbBench.seconds(what < 19 ? 20 : 120));
        }

        private Kind kind() {
            int drawn = random.nextInt(100);
            return drawn < 30 ? Kind.SYN : drawn < 84 ? Kind.PACKET : drawn < 95 ? Kind.FIN : Kind.RST;
        }

        private void modify() {
            Listener listener = gateway.balancer().listeners().get(random.nextInt(4));
            String value = List.of("60", "61", "350", "6000", "59", "6001", "abc", String.valueOf(random.nextInt(700)))
                    .get(random.nextInt(8));
            List<ListenerAttribute> attributes = List.of(ListenerAttribute.tcpIdleTimeoutSeconds(value));
            if (naive.modify(listener.destination(), value)) {
                assertThat(gateway.modify(listener.arn(), attributes)).isEqualTo(attributes);
                changes++;
            } else {
                assertThatExceptionOfType(InvalidConfigurationRequestException.class)
                        .isThrownBy(() -> gateway.modify(listener.arn(), attributes));
            }
        }

        private void check() {
            assertThat(log.heard.subList(compared, log.heard.size()))
                    .isEqualTo(naive.heard.subList(compared, naive.heard.size()));
            compared = log.heard.size();
            assertThat(gateway.table().size())
                    .isEqualTo(naive.tracked().size())
                    .isLessThanOrEqualTo(gateway.balancer().flowsMax());
            assertThat(gateway.halfOpenFlows()).isEqualTo(naive.halfOpen());
            for (Listener listener : gateway.balancer().listeners()) {
                assertThat(listener.idle().toSeconds()).isEqualTo(naive.idleSeconds(listener.destination()));
            }
            assertThat(gateway.nextDeadlineNanos())
                    .isEqualTo(
                            naive.all().stream().mapToLong(NaiveFlow::deadline).min());
            assertThat(gateway.lastDeadlineNanos())
                    .isEqualTo(
                            naive.all().stream().mapToLong(NaiveFlow::deadline).max());
            assertThat(gateway.quietUntilNanos())
                    .isGreaterThan(nowNanos)
                    .isLessThanOrEqualTo(gateway.nextDeadlineNanos().orElse(Long.MAX_VALUE));
            List<NaiveFlow> expected = tuples.stream().map(naive::find).toList();
            assertThat(tuples.stream().map(gateway::isLive))
                    .isEqualTo(expected.stream().map(Objects::nonNull).toList());
            assertThat(tuples.stream().map(tuple -> gateway.table().flow(tuple).map(Flow::deadlineNanos)))
                    .isEqualTo(expected.stream()
                            .map(flow -> Optional.ofNullable(flow)
                                    .filter(NaiveFlow::established)
                                    .map(NaiveFlow::deadline))
                            .toList());
            assertThat(tuples.stream().map(gateway::targetOf))
                    .as("targets stay the same for life")
                    .isEqualTo(expected.stream().map(this::targetOf).toList());
        }

        /** Where the model does not know yet where a flow goes, it believes the gateway. */
        private Optional<Endpoint> targetOf(NaiveFlow flow) {
            return Optional.ofNullable(flow)
                    .map(known -> targets.computeIfAbsent(
                            known, unused -> gateway.targetOf(flow.tuple).orElseThrow()));
        }

        /** N5: every period adds up to the log, and the counts beside the periods do, too. */
        private void checkMetrics() {
            for (ActiveFlows reading : ActiveFlows.values()) {
                NlbMetricsResult result =
                        (reading == ActiveFlows.ESTABLISHED ? established : withSynSent).result(nowNanos);
                long start = 0;
                for (MetricPeriod period : result.periods()) {
                    assertThat(period.startNanos()).isEqualTo(start);
                    long end = Math.min(start + result.period().toNanos(), nowNanos);
                    assertThat(period).isEqualTo(PlainCount.of(log.heard, reading, start, end, end == nowNanos));
                    start = end;
                }
                assertThat(start).as("periods until the end").isEqualTo(nowNanos);
                assertThat(result.total(NlbMetric.NEW_FLOW_COUNT)).isEqualTo(heard("opened"));
                assertThat(result.total(NlbMetric.REJECTED_FLOW_COUNT)).isEqualTo(heard("refused TABLE_FULL"));
                result.ends().forEach((end, count) -> assertThat(count).isEqualTo(heard("ended " + end)));
                assertThat(result.resetsToClients()).isEqualTo(heard("reset to INITIATOR"));
                assertThat(result.resetsToTargets()).isEqualTo(heard("reset to RESPONDER"));
                assertThat(result.lateDatagrams()).isEqualTo(heard("late datagram"));
                assertThat(result.dropped()).isEqualTo(heard("dropped"));
                assertThat(result.halfOpenFlows()).isEqualTo(naive.halfOpen());
            }
        }

        private long heard(String what) {
            return log.heard.stream().filter(heard -> heard.what().equals(what)).count();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void n1ToN5_everyStepAgreesWithTheRulesSpelledOut(long seed) {
        World world = new World(seed);
        for (int step = 0; step < STEPS; step++) {
            try {
                world.step();
                world.check();
            } catch (AssertionError | RuntimeException e) {
                fail("step %d, -Dsnatsim.random.seed=%d, the first world".formatted(step, seed), e);
            }
        }
        try {
            world.checkMetrics();
        } catch (AssertionError | RuntimeException e) {
            fail("metrics, -Dsnatsim.random.seed=%d, the first world".formatted(seed), e);
        }
        assertThat(world.outcomes).contains(Outcome.OPENED, Outcome.TRANSLATED, Outcome.DROPPED, Outcome.RESET);
        if (world.gateway.balancer().flowsMax() == 1) {
            assertThat(world.outcomes).contains(Outcome.TABLE_FULL);
        }
        assertThat(world.changes).isGreaterThan(0);
    }

    /** R7: one step of the clock and many give the same reports and the same metrics. */
    @Test
    void n1_n5_oneStepOfTheClockAndManyGiveTheSame() {
        List<NlbLog> logs = new ArrayList<>();
        List<NlbMetricsResult> results = new ArrayList<>();
        for (long stepSeconds : new long[] {1, 7, 100_000}) {
            NlbGateway gateway = new NlbGateway(NlbBench.balancer(40));
            NlbMetrics metrics = new NlbMetrics(ActiveFlows.SYN_SENT_AND_ESTABLISHED, 0, NlbMetrics.PERIOD);
            logs.add(new NlbLog(gateway.keys(), metrics));
            gateway.listen(logs.get(logs.size() - 1));
            Random random = new Random(SEED);
            long now = 0;
            for (int i = 0; i < 400; i++) {
                long next = now + NlbBench.seconds(random.nextInt(120));
                for (; now + NlbBench.seconds(stepSeconds) < next; now += NlbBench.seconds(stepSeconds)) {
                    gateway.advanceTo(now);
                }
                now = next;
                FiveTuple tuple = random.nextBoolean()
                        ? NlbBench.web(1 + random.nextInt(20))
                        : NlbBench.dns(1 + random.nextInt(20));
                Side side = random.nextBoolean() ? Side.INITIATOR : Side.RESPONDER;
                gateway.offer(new FlowEvent(now, KINDS.get(random.nextInt(3)), side, tuple));
            }
            gateway.advanceTo(now + NlbBench.seconds(10_000));
            results.add(metrics.result(now + NlbBench.seconds(10_000)));
            assertThat(gateway.nextDeadlineNanos()).as("nothing is left").isEmpty();
        }
        assertThat(logs.get(0).heard).hasSizeGreaterThan(300);
        IntStream.of(1, 2).forEach(other -> {
            assertThat(logs.get(other).heard).isEqualTo(logs.get(0).heard);
            assertThat(results.get(other)).isEqualTo(results.get(0));
        });
    }
}
