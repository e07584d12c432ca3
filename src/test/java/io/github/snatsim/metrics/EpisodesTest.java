package io.github.snatsim.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** An episode begins with its first refusal and ends at the last one that is followed by 240 s without one. */
class EpisodesTest {
    private static final long QUIET = Nanos.ofSeconds(240);
    private static final IpAddress VM = IpAddress.parse("10.0.0.4");
    private static final IpAddress OTHER_VM = IpAddress.parse("10.0.0.5");
    private static final Destination WEB = Destination.parse("tcp 203.0.113.7:443");
    private static final Destination API = Destination.parse("tcp 198.51.100.9:443");

    private final Episodes episodes = new Episodes(QUIET, 100);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Episodes.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listenToTheLog() {
        logger.setAdditive(false);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void restoreTheLog() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @Test
    void withoutRefusalsThereIsNone() {
        episodes.advanceTo(Long.MAX_VALUE);
        assertThat(episodes.count()).isZero();
        assertThat(episodes.all()).isEmpty();
        assertThat(logLines()).isEmpty();
    }

    @Test
    void refusalsLessThan240SecondsApartAreOneEpisode() {
        refuse(episodes, 0, VM, WEB);
        refuse(episodes, QUIET - 1, VM, WEB);
        refuse(episodes, 2 * QUIET - 2, VM, WEB);

        assertThat(episodes.all()).containsExactly(new Episode(VM, Optional.empty(), WEB, 0, 2 * QUIET - 2, 3));
        assertThat(episodes.count()).isEqualTo(1);
    }

    @Test
    void atExactly240SecondsANewOneBegins() {
        refuse(episodes, 0, VM, WEB);
        refuse(episodes, QUIET, VM, WEB);

        assertThat(episodes.all())
                .containsExactly(
                        new Episode(VM, Optional.empty(), WEB, 0, 0, 1),
                        new Episode(VM, Optional.empty(), WEB, QUIET, QUIET, 1));
        assertThat(episodes.count()).isEqualTo(2);
    }

    @Test
    void pairsAreApart() {
        refuse(episodes, 0, VM, WEB);
        refuse(episodes, 1, VM, API);
        refuse(episodes, 2, OTHER_VM, WEB);
        refuse(episodes, QUIET - 1, VM, WEB);
        refuse(episodes, QUIET + 1, VM, API);
        refuse(episodes, QUIET + 1, OTHER_VM, WEB);

        assertThat(episodes.all())
                .containsExactly(
                        new Episode(VM, Optional.empty(), WEB, 0, QUIET - 1, 2),
                        new Episode(VM, Optional.empty(), API, 1, 1, 1),
                        new Episode(OTHER_VM, Optional.empty(), WEB, 2, QUIET + 1, 2),
                        new Episode(VM, Optional.empty(), API, QUIET + 1, QUIET + 1, 1));
    }

    @Test
    void tcpAndUdpOfOneEndpointAreApart() {
        refuse(episodes, 0, VM, Destination.parse("tcp 10.9.9.9:53"));
        refuse(episodes, 0, VM, Destination.parse("udp 10.9.9.9:53"));
        assertThat(episodes.count()).isEqualTo(2);
    }

    @Test
    void allAreCountedButOnlyTheFirstToBeginAreKept() {
        Episodes episodes = new Episodes(QUIET, 2);
        refuse(episodes, 0, VM, WEB);
        refuse(episodes, 1, VM, API);
        refuse(episodes, 2, OTHER_VM, API);
        refuse(episodes, QUIET - 1, VM, WEB);
        episodes.advanceTo(QUIET + 2); // the second and the third end before the first

        assertThat(episodes.count()).isEqualTo(3);
        assertThat(episodes.all())
                .containsExactly(
                        new Episode(VM, Optional.empty(), WEB, 0, QUIET - 1, 2),
                        new Episode(VM, Optional.empty(), API, 1, 1, 1));
    }

    @Test
    void anEpisodeThatEndsLateIsKeptThoughManyEndedBefore() {
        Episodes episodes = new Episodes(QUIET, 1);
        refuse(episodes, 0, VM, WEB);
        refuse(episodes, 1, VM, API);
        refuse(episodes, QUIET - 1, VM, WEB);
        refuse(episodes, QUIET + 1, OTHER_VM, WEB); // the one to API has ended
        assertThat(episodes.all()).containsExactly(new Episode(VM, Optional.empty(), WEB, 0, QUIET - 1, 2));
        episodes.advanceTo(10 * QUIET);
        assertThat(episodes.all()).containsExactly(new Episode(VM, Optional.empty(), WEB, 0, QUIET - 1, 2));
    }

    @Test
    void episodesThatBeginTogetherStandInTheOrderOfTheirRefusals() {
        refuse(episodes, 0, VM, WEB);
        refuse(episodes, 0, VM, API);
        refuse(episodes, 0, OTHER_VM, WEB);
        refuse(episodes, 1, VM, WEB);
        assertThat(episodes.all())
                .containsExactly(
                        new Episode(VM, Optional.empty(), WEB, 0, 1, 2),
                        new Episode(VM, Optional.empty(), API, 0, 0, 1),
                        new Episode(OTHER_VM, Optional.empty(), WEB, 0, 0, 1));
    }

    @Test
    void withoutAFinHoldEveryRefusalIsItsOwnEpisode() {
        Episodes episodes = new Episodes(0, 100);
        refuse(episodes, 5, VM, WEB);
        refuse(episodes, 5, VM, WEB);
        assertThat(episodes.count()).isEqualTo(2);
    }

    @Test
    void afterARestartOldEpisodesAreForgotten() {
        refuse(episodes, 0, VM, WEB);
        refuse(episodes, 1, VM, API);
        episodes.restart();
        assertThat(episodes.count()).isZero();
        assertThat(episodes.all()).isEmpty();

        refuse(episodes, 2, VM, WEB);
        assertThat(episodes.all()).containsExactly(new Episode(VM, Optional.empty(), WEB, 2, 2, 1));
    }

    @Test
    void logsOneWarningWhenItBeginsAndOneInfoWhenItHasEnded() {
        for (int second = 0; second < 1_000; second++) {
            refuse(episodes, Nanos.ofSeconds(second), VM, WEB);
        }
        assertThat(logLines())
                .containsExactly("WARN Exhaustion begins at 1970-01-01T00:00:00Z: 10.0.0.4 to tcp 203.0.113.7:443, "
                        + "refused: all ports of the instance are taken for this destination");

        episodes.advanceTo(Nanos.ofSeconds(999 + 240) - 1);
        assertThat(logLines()).hasSize(1);
        episodes.advanceTo(Nanos.ofSeconds(999 + 240));
        episodes.advanceTo(Nanos.ofSeconds(5_000));
        assertThat(logLines())
                .hasSize(2)
                .endsWith("INFO Exhaustion ended at 1970-01-01T00:16:39Z: 10.0.0.4 to tcp 203.0.113.7:443, "
                        + "1000 refused since 1970-01-01T00:00:00Z");
    }

    @Test
    void everyEpisodeIsLoggedThoughNotAllAreKept() {
        Episodes episodes = new Episodes(QUIET, 1);
        refuse(episodes, 0, VM, WEB);
        refuse(episodes, 0, VM, API);
        episodes.advanceTo(QUIET);
        assertThat(logLines()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithAPlainReading(long seed) {
        Random random = new Random(seed);
        int keptMax = 1 + random.nextInt(60);
        Episodes episodes = new Episodes(QUIET, keptMax);
        List<Refusal> refusals = new ArrayList<>();
        long time = 0;
        for (int step = 0; step < 600; step++) {
            time += random.nextInt(4) == 0 ? 0 : Nanos.ofSeconds(random.nextInt(random.nextInt(5) == 0 ? 300 : 40));
            IpAddress instance = IpAddress.ofIpv4(1 + random.nextInt(3));
            Destination destination = random.nextBoolean() ? WEB : API;
            refusals.add(new Refusal(time, instance, destination));
            refuse(episodes, time, instance, destination);
            if (step % 20 > 0) {
                continue;
            }
            List<Episode> expected = expected(refusals);
            assertThat(episodes.count()).as("seed %d, step %d", seed, step).isEqualTo(expected.size());
            assertThat(episodes.all())
                    .as("seed %d, step %d, at most %d kept", seed, step, keptMax)
                    .containsExactlyElementsOf(expected.subList(0, Math.min(keptMax, expected.size())));
        }
    }

    private record Refusal(long timeNanos, IpAddress instance, Destination destination) {
        boolean samePair(Refusal other) {
            return instance.equals(other.instance) && destination.equals(other.destination);
        }
    }

    /** A refusal begins an episode if no refusal of its pair lies less than 240 s before it. */
    private static List<Episode> expected(List<Refusal> refusals) {
        List<Episode> episodes = new ArrayList<>();
        for (int i = 0; i < refusals.size(); i++) {
            Refusal first = refusals.get(i);
            Predicate<Refusal> justBefore =
                    earlier -> earlier.samePair(first) && first.timeNanos() - earlier.timeNanos() < QUIET;
            if (refusals.subList(0, i).stream().noneMatch(justBefore)) {
                long last = first.timeNanos();
                long count = 0;
                for (Refusal next : refusals.subList(i, refusals.size())) {
                    if (next.samePair(first) && next.timeNanos() - last < QUIET) {
                        last = next.timeNanos();
                        count++;
                    }
                }
                episodes.add(new Episode(
                        first.instance(), Optional.empty(), first.destination(), first.timeNanos(), last, count));
            }
        }
        episodes.sort(Comparator.comparingLong(Episode::firstRefusalNanos));
        return episodes;
    }

    private static void refuse(Episodes episodes, long timeNanos, IpAddress instance, Destination destination) {
        episodes.refused(timeNanos, instance, Optional.empty(), destination, Outcome.NO_FREE_PORT);
    }

    private List<String> logLines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
