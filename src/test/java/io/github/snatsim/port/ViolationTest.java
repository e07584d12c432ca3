package io.github.snatsim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.TierTable.Tier;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nearest valid value passes, and nothing nearer does. */
class ViolationTest {
    @Test
    void aMessageSaysWhatIsExpectedByWhichRuleAndTheNearest() {
        assertThat(new Violation("70000 ports", "1-64512", "P4", "64512").message())
                .isEqualTo("70000 ports: expected 1-64512 (P4); nearest valid: 64512");
        assertThat(new Violation("0 instances", "1-9", "", "1").message())
                .isEqualTo("0 instances: expected 1-9; nearest valid: 1");
    }

    @ParameterizedTest
    @CsvSource({"-5, 1", "0, 1", "11, 10", "9999999999, 10"})
    void outsideItsBoundsANumberIsNearestToOneOfThem(long value, long nearest) {
        assertThat(Violation.ifOutside(value, 1, 10, "it", "X"))
                .singleElement()
                .returns(Long.toString(nearest), Violation::nearest);
        assertThat(Violation.ifOutside(nearest, 1, 10, "it", "X")).isEmpty();
        assertThat(Violation.ifOutside(nearest + Long.signum(value - nearest), 1, 10, "it", "X"))
                .isNotEmpty();
    }

    @Test
    void oneExceptionKnowsAllViolations() {
        ImmutableList<Violation> one = Violation.ifOutside(0, 1, 2, "a", "");
        ImmutableList<Violation> other = Violation.ifOutside(3, 1, 2, "b", "");
        assertThatThrownBy(() -> Violation.refuse(ImmutableList.of(), one, other))
                .hasMessage("a: expected 1-2; nearest valid: 1")
                .isInstanceOfSatisfying(
                        ViolationException.class,
                        e -> assertThat(e.violations()).hasSize(2));
        Violation.refuse(ImmutableList.of());
    }

    @ParameterizedTest
    @CsvSource({"401, 400", "1000, 400", "-1, 1", "2147483647, 400"})
    void p2_theNearestPoolOfTheClassicTable(int size, int nearest) {
        assertThat(AllocationRules.classic().violations(size))
                .singleElement()
                .returns("P2", Violation::rule)
                .returns(Integer.toString(nearest), Violation::nearest);
    }

    @Test
    void p2_oneThousandAndOneIsOneTooManyForResourceManager() {
        AllocationRules rules = AllocationRules.of(TierTable.resourceManager());
        assertThat(rules.violations(1_000)).isEmpty();
        assertThat(rules.violations(1_001)).singleElement().returns("1000", Violation::nearest);
    }

    @Test
    void p4_instancesTimesPorts() {
        // 64,512 / 1,100 = 58.6, 64,512 / 60 = 1,075.2
        assertThat(AllocationRules.of(TierTable.fixed(1_100)).violations(60))
                .singleElement()
                .returns("P4", Violation::rule)
                .returns("58 instances at 1100 ports each, or 1075 ports each at 60 instances", Violation::nearest);
        // 63 x 1,024 is all that there is
        assertThat(AllocationRules.of(TierTable.fixed(1_024)).violations(63)).isEmpty();
        assertThat(AllocationRules.of(TierTable.fixed(1_024)).violations(64))
                .singleElement()
                .returns("63 instances at 1024 ports each, or 1008 ports each at 64 instances", Violation::nearest);
        // in a tier ports are a multiple of 8: 2,000 / 3 = 666.7
        AllocationRules tiers =
                AllocationRules.of(TierTable.of(List.of(new Tier(1, 9, 1_024)))).withRange(new PortRange(1_024, 3_023));
        assertThat(tiers.violations(3))
                .singleElement()
                .returns("1 instance at 1024 ports each, or 664 ports each at 3 instances", Violation::nearest);
    }

    private static final Pattern WAYS = Pattern.compile(
            "(?:(\\d+) instances? at (\\d+) ports each)?(?:, or )?(?:(\\d+) ports each at (\\d+) instances?)?");

    /** Random tables and ranges: each way passes, a step back towards the bad value fails. */
    @Test
    void p2_p4_theNearestIsValidAndNothingIsNearer() {
        Random random = new Random(7);
        int seen = 0;
        for (int round = 0; round < 3_000; round++) {
            int ports = 8 * (1 + random.nextInt(20));
            int last = 1 + random.nextInt(12);
            TierTable table = random.nextBoolean()
                    ? TierTable.of(List.of(new Tier(1, last, ports + 8), new Tier(last + 1, last + 20, ports)))
                    : TierTable.fixed(1 + random.nextInt(150));
            AllocationRules rules =
                    AllocationRules.of(table).withRange(new PortRange(1_024, 1_024 + random.nextInt(1_500)));
            int size = 1 + random.nextInt(40);
            ImmutableList<Violation> found = rules.violations(size);
            OptionalInt nearest = rules.nearestPoolSize(size);
            nearest.ifPresent(value -> {
                assertThat(rules.violations(value)).as("nearest passes").isEmpty();
                int distance = Math.abs(value - size);
                for (int other = Math.max(1, size - distance + 1); other < size + distance; other++) {
                    assertThat(rules.violations(other))
                            .as("%s is nearer", other)
                            .isNotEmpty();
                }
            });
            assertThat(found.isEmpty()).isEqualTo(nearest.equals(OptionalInt.of(size)));
            if (!found.isEmpty() && found.get(0).rule().equals("P4")) {
                Matcher ways = WAYS.matcher(found.get(0).nearest());
                assertThat(ways.matches()).as(found.get(0).nearest()).isTrue();
                if (ways.group(3) != null) {
                    int fewer = Integer.parseInt(ways.group(3));
                    assertThat((long) fewer * size)
                            .isLessThanOrEqualTo(rules.range().size());
                    assertThat((long) (fewer + table.alignment()) * size)
                            .isGreaterThan(rules.range().size());
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource({
        "1-65535, 8-65535",
        "1023-65535, 1024-65535",
        "1025-65535, 1024-65535",
        "1028-65535, 1024-65535",
        "1029-65535, 1032-65535",
        "65533-65535, 65528-65535",
        "1-3, 8"
    })
    void p4_theNearestRangeBeginsAtAMultipleOf8(String wrong, String nearest) {
        assertThatThrownBy(() -> AllocationRules.classic().withRange(PortRange.parse(wrong)))
                .hasMessageContaining("(P4); nearest valid: " + nearest);
        assertThat(AllocationRules.classic().withRange(PortRange.parse(nearest)).range())
                .isEqualTo(PortRange.parse(nearest));
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "7, 8", "12, 8", "13, 16", "1023, 1024"})
    void p4_theNearestPortsOfATierAreAMultipleOf8(int wrong, int nearest) {
        assertThatThrownBy(() -> TierTable.of(List.of(new Tier(1, 2, wrong))))
                .hasMessageEndingWith("expected a multiple of 8 (P4); nearest valid: " + nearest);
        assertThat(TierTable.of(List.of(new Tier(1, 2, nearest))).portsPerInstance(1))
                .isEqualTo(nearest);
    }

    @Test
    void p4_theNearestStaysBelowTheTierBefore() {
        assertThatThrownBy(() -> TierTable.of(List.of(new Tier(1, 2, 16), new Tier(3, 4, 13))))
                .hasMessageEndingWith("nearest valid: 8");
        assertThatThrownBy(() -> TierTable.of(List.of(new Tier(1, 2, 8), new Tier(3, 4, 7))))
                .hasMessageEndingWith("nearest valid: none below the 8 of the tier before");
    }
}
