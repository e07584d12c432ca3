package io.github.snatsim.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.net.Destination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallRouterTest {
    private static final Destination BACKEND = Destination.parse("tcp 203.0.113.20:443");
    private static final Destination OTHER = Destination.parse("tcp 198.51.100.1:443");

    private static CallRouter router(ApiManagement service) {
        return new CallRouter(service, new Random(1));
    }

    /** Each call as its unit, with the backend's port, or "cache" or "429". */
    private static List<String> route(CallRouter router, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> text(router.route("key", BACKEND, 0)))
                .toList();
    }

    private static String text(CallDecision decision) {
        if (decision instanceof CallDecision.Forwarded forwarded) {
            return forwarded.unit() + ":" + forwarded.backend().endpoint().port();
        }
        return decision instanceof CallDecision.FromCache hit ? hit.unit() + ":cache" : "429";
    }

    @Test
    void g1_unitsTakeTurns() {
        assertThat(route(router(ApiManagement.of(3, 1)), 5))
                .containsExactly("0:443", "1:443", "2:443", "0:443", "1:443");
    }

    @Test
    void g3_eachUnitUsesItsBackendsInTurnsOfItsOwn() {
        CallRouter router =
                router(ApiManagement.of(2, 1).with(new ApiMitigation.MoreBackends(3, ApiMitigation.Differ.BY_PORT)));

        assertThat(route(router, 8))
                .containsExactly("0:443", "1:443", "0:444", "1:444", "0:445", "1:445", "0:443", "1:443");
        assertThat(router.route("key", OTHER, 0)).isEqualTo(new CallDecision.Forwarded(0, OTHER));
    }

    @Test
    void g4_unitsThatJoinAndLeaveKeepTheTurnsGoing() {
        CallRouter router = router(ApiManagement.of(2, 1)
                .with(new ApiMitigation.MoreBackends(2, ApiMitigation.Differ.BY_PORT))
                .with(new ApiMitigation.Caching(0.5, ApiMitigation.Hits.EVEN)));

        // each unit: a miss, a hit, a miss ...; misses go to 443 and 444 in turn
        assertThat(route(router, 3)).containsExactly("0:443", "1:443", "0:cache");
        router.units(3); // it is unit 1's turn, then the new one's
        assertThat(route(router, 4)).containsExactly("1:cache", "2:443", "0:444", "1:444");
        router.units(1); // it was unit 2's turn
        assertThat(router.units()).isEqualTo(1);
        assertThat(route(router, 2)).containsExactly("0:cache", "0:443");
        router.units(3); // those that come back go on where they were
        assertThat(route(router, 3)).containsExactly("0:cache", "1:cache", "2:cache");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.75, 0.29, 0.9, 0.999, 0.333333333, 0.01, 1})
    void g3_evenHitsAreNeverACallAwayFromTheRatio(double ratio) {
        CallRouter router =
                router(ApiManagement.of(1, 1).with(new ApiMitigation.Caching(ratio, ApiMitigation.Hits.EVEN)));
        int hits = 0;
        for (int calls = 1; calls <= 10_000; calls++) {
            hits += router.route("key", BACKEND, 0) instanceof CallDecision.FromCache ? 1 : 0;
            // floor(calls x ratio), where the product of doubles may fall just short of a whole number
            assertThat((double) hits).isBetween(calls * ratio - 1 - 1e-6, calls * ratio + 1e-6);
        }
    }

    @Test
    void g3_theRateLimitComesFirstAndCountsEachKeyByItself() {
        Duration period = Duration.ofSeconds(10);
        CallRouter router = router(ApiManagement.of(2, 1)
                .with(new ApiMitigation.RateLimitByKey(2, period))
                .with(new ApiMitigation.Caching(1, ApiMitigation.Hits.EVEN)));
        long began = 7;
        long ends = began + period.toNanos();

        List<String> texts = new ArrayList<>();
        for (long time : new long[] {began, ends - 1, ends - 1, ends, ends, ends, ends + period.toNanos() - 1}) {
            texts.add(text(router.route("x", BACKEND, time)));
        }
        assertThat(texts).containsExactly("0:cache", "1:cache", "429", "0:cache", "1:cache", "429", "429");
        assertThat(text(router.route("y", BACKEND, ends))).isEqualTo("0:cache");
        // a period begins with the first call after the last one, not where the clock stood
        long later = ends + 10 * period.toNanos() + 3;
        assertThat(text(router.route("x", BACKEND, later))).isEqualTo("1:cache");
        assertThat(text(router.route("x", BACKEND, later + period.toNanos() - 1)))
                .isEqualTo("0:cache");
        assertThat(text(router.route("x", BACKEND, later + period.toNanos() - 1)))
                .isEqualTo("429");
        assertThat(text(router.route("x", BACKEND, later + period.toNanos()))).isEqualTo("1:cache");
    }

    /** Against a plain list of the calls that the present period admitted. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void g3_theRateLimitIsAPlainCount(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(5);
        long period = 1L + random.nextInt(100);
        CallRouter router =
                router(ApiManagement.of(1, 1).with(new ApiMitigation.RateLimitByKey(most, Duration.ofNanos(period))));
        long time = 0;
        List<Long> admitted = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            time += random.nextInt(20);
            if (!admitted.isEmpty() && time >= admitted.get(0) + period) {
                admitted.clear();
            }
            boolean expected = admitted.size() < most;
            if (expected) {
                admitted.add(time);
            }
            assertThat(router.route("key", BACKEND, time) instanceof CallDecision.Forwarded)
                    .as("seed %d, call %d at %d", seed, i, time)
                    .isEqualTo(expected);
        }
    }
}
