package io.github.snatsim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.snatsim.net.PortRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationRulesTest {
    @Test
    void p4_defaultRangeIsTheEphemeralPorts() {
        assertThat(AllocationRules.classic().range())
                .isEqualTo(AllocationRules.EPHEMERAL)
                .hasToString("1024-65535");
        assertThat(AllocationRules.EPHEMERAL.size()).isEqualTo(64_512);
    }

    @Test
    void p5_upperPartGoesByDefault() {
        assertThat(AllocationRules.classic().reclaimedPart()).isEqualTo(ReclaimedPart.UPPER);
        assertThat(AllocationRules.of(TierTable.resourceManager()).reclaimedPart())
                .isEqualTo(ReclaimedPart.UPPER);
    }

    @Test
    void classicRulesHaveTheClassicTable() {
        assertThat(AllocationRules.classic().tiers()).isEqualTo(TierTable.classic());
        assertThat(AllocationRules.classic()).isEqualTo(AllocationRules.of(TierTable.classic()));
    }

    @Test
    void eachReadingChangesAlone() {
        PortRange range = new PortRange(2_000, 2_999);
        AllocationRules rules = AllocationRules.classic().withRange(range).withReclaimedPart(ReclaimedPart.RANDOM, 42);

        assertThat(rules).isEqualTo(new AllocationRules(TierTable.classic(), range, ReclaimedPart.RANDOM, 42));
        assertThat(rules.withRange(AllocationRules.EPHEMERAL).withReclaimedPart(ReclaimedPart.UPPER, 0))
                .isEqualTo(AllocationRules.classic());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_023, 1_025, 1_028, 1_031})
    void p4_rangeThatCannotBeAlignedIsRefusedByName(int first) {
        PortRange range = new PortRange(first, 65_535);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllocationRules.classic().withRange(range))
                .withMessageStartingWith("port range " + first
                        + "-65535: expected a first port that is a multiple of 8 (P4); nearest valid: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1-65535", "1023-1030", "40001-40004", "65535"})
    void p4_fixedNumberOfPortsTakesAnyRange(String range) {
        assertThatNoException()
                .isThrownBy(() -> AllocationRules.of(TierTable.fixed(3)).withRange(PortRange.parse(range)));
    }
}
