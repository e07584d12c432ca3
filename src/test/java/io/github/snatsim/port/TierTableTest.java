package io.github.snatsim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snatsim.port.TierTable.Tier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TierTableTest {
    @Test
    void p1_classicRows() {
        assertThat(TierTable.classic().tiers())
                .containsExactly(
                        new Tier(1, 50, 1_024),
                        new Tier(51, 100, 512),
                        new Tier(101, 200, 256),
                        new Tier(201, 400, 128));
        assertThat(TierTable.classic().poolSizeMax()).isEqualTo(400);
        assertThat(TierTable.classic().boundaries()).containsExactly(50, 100, 200);
        assertThat(TierTable.classic()).hasToString("1-50: 1024, 51-100: 512, 101-200: 256, 201-400: 128");
    }

    @Test
    void p2_resourceManagerRowsAreTheClassicOnesAndTwoMore() {
        assertThat(TierTable.resourceManager().tiers())
                .startsWith(TierTable.classic().tiers().toArray(new Tier[0]))
                .endsWith(new Tier(401, 800, 64), new Tier(801, 1_000, 32))
                .hasSize(6);
        assertThat(TierTable.resourceManager().poolSizeMax()).isEqualTo(1_000);
        assertThat(TierTable.resourceManager().boundaries()).containsExactly(50, 100, 200, 400, 800);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 50", "50, 1, 50", "51, 51, 100", "400, 201, 400"})
    void poolFallsIntoTheTierAroundItsSize(int poolSize, int min, int max) {
        Tier tier = TierTable.classic().tier(poolSize);

        assertThat(tier.poolSizeMin()).isEqualTo(min);
        assertThat(tier.poolSizeMax()).isEqualTo(max);
    }

    @Test
    void emptyPoolHasNoPortsAndNoTier() {
        assertThat(TierTable.classic().portsPerInstance(0)).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TierTable.classic().tier(0))
                .withMessageContaining("a pool of 0 instances: expected 1-400");
    }

    @Test
    void p4_everyTierFitsTheEphemeralPorts() {
        assertThat(TierTable.resourceManager().tiers())
                .allSatisfy(tier -> assertThat(tier.portsOfLargestPool())
                        .isLessThanOrEqualTo(51_200)
                        .isLessThanOrEqualTo(AllocationRules.EPHEMERAL.size()));
        assertThat(new Tier(1, 50, 1_024).portsOfLargestPool()).isEqualTo(51_200);
    }

    @Test
    void ownTableGivesWhatItsRowsSay() {
        TierTable table = TierTable.of(List.of(new Tier(1, 2, 16), new Tier(3, 4, 8)));

        assertThat(Stream.of(0, 1, 2, 3, 4).map(table::portsPerInstance)).containsExactly(0, 16, 16, 8, 8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.portsPerInstance(5))
                .withMessage("a pool of 5 instances: expected 1-4 (P2); nearest valid: 4");
    }

    @Test
    void ownTableMayBeTheClassicOne() {
        assertThat(TierTable.of(TierTable.classic().tiers()))
                .isEqualTo(TierTable.classic())
                .hasSameHashCodeAs(TierTable.classic());
    }

    @Test
    void tablesDifferByTheirRows() {
        assertThat(TierTable.classic())
                .isNotEqualTo(TierTable.resourceManager())
                .isNotEqualTo(TierTable.fixed(1_024))
                .isNotEqualTo(null);
        assertThat(TierTable.fixed(8))
                .isEqualTo(TierTable.fixed(8))
                .isNotEqualTo(TierTable.fixed(16))
                // same row, but its blocks need no alignment
                .isNotEqualTo(TierTable.of(List.of(new Tier(1, 65_535, 8))));
    }

    static Stream<List<Tier>> badRows() {
        return Stream.of(
                List.of(),
                List.of(new Tier(2, 4, 8)),
                List.of(new Tier(1, 2, 16), new Tier(4, 5, 8)),
                List.of(new Tier(1, 2, 16), new Tier(2, 5, 8)),
                List.of(new Tier(1, 2, 16), new Tier(1, 2, 8)),
                List.of(new Tier(3, 4, 8), new Tier(1, 2, 16)),
                List.of(new Tier(1, 2, 16), new Tier(3, 4, 16)),
                List.of(new Tier(1, 2, 16), new Tier(3, 4, 24)),
                List.of(new Tier(1, 2, 12)),
                List.of(new Tier(1, 2, 16), new Tier(3, 4, 7)),
                List.of(new Tier(1, Integer.MAX_VALUE, 16), new Tier(1, 2, 8)));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void rowsThatDoNotFollowEachOtherAreRefusedByName(List<Tier> rows) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TierTable.of(rows))
                .withMessageMatching(
                        rows.isEmpty()
                                ? ".*at least one tier"
                                : "Tier\\[.*|3-4 instances with 7 .*|1-2 instances with 12 .*");
    }

    @ParameterizedTest
    @CsvSource({"0, 4, 8", "-1, 4, 8", "5, 4, 8", "1, 0, 8", "1, 4, 0", "1, 4, -8"})
    void rowWithoutPoolsOrPortsIsRefusedByName(int min, int max, int ports) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tier(min, max, ports))
                .withMessage("not a tier: pools of " + min + "-" + max + ", " + ports + " ports");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 64_512, 65_535})
    void fixedTableIgnoresThePoolSize(int ports) {
        TierTable table = TierTable.fixed(ports);

        assertThat(table.portsPerInstance(0)).isZero();
        assertThat(table.portsPerInstance(1)).isEqualTo(ports);
        assertThat(table.portsPerInstance(65_535)).isEqualTo(ports);
        assertThat(table.boundaries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_536, Integer.MAX_VALUE})
    void fixedNumberOutOfRangeIsRefusedByName(int ports) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TierTable.fixed(ports))
                .withMessageStartingWith(ports + " ports per instance: expected 1-65535 (P4); nearest valid: ");
    }
}
