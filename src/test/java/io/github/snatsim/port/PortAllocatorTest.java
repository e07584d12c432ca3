package io.github.snatsim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.AllocationChange.InstanceChange;
import io.github.snatsim.port.AllocationChange.Membership;
import io.github.snatsim.port.TierTable.Tier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small pool, port by port; what must hold of every pool is in {@link PortAllocatorRandomTest}. */
class PortAllocatorTest {
    private static final TierTable SMALL = TierTable.of(List.of(new Tier(1, 2, 16), new Tier(3, 4, 8)));
    private static final AllocationRules RULES = AllocationRules.of(SMALL).withRange(new PortRange(1_024, 1_024 + 63));

    private static final IpAddress A = IpAddress.parse("10.0.0.1");
    private static final IpAddress B = IpAddress.parse("10.0.0.2");
    private static final IpAddress C = IpAddress.parse("10.0.0.3");
    private static final IpAddress D = IpAddress.parse("10.0.0.4");

    private final PortAllocator allocator = new PortAllocator(RULES);

    @Test
    void newAllocatorIsEmpty() {
        assertThat(allocator.rules()).isEqualTo(RULES);
        assertThat(allocator.instances()).isEmpty();
        assertThat(allocator.allocation()).isEmpty();
        assertThat(allocator.portsPerInstance()).isZero();
        assertThat(allocator.ownerOf(1_024)).isEmpty();
        assertThat(allocator.portsOf(A)).isEqualTo(PortSet.empty());
    }

    @Test
    void newcomersGetTheLowestFreePortsInTheOrderGiven() {
        resize(B, A);

        assertThat(allocator.instances()).containsExactly(B, A);
        assertThat(allocator.allocation()).isEqualTo(ImmutableMap.of(B, ports("1024-1039"), A, ports("1040-1055")));
    }

    @Test
    void p5_p6_thirdInstanceComesAndGoes() {
        resize(A, B);
        AllocationChange growth = resize(A, B, C);

        assertThat(growth)
                .isEqualTo(new AllocationChange(
                        2,
                        3,
                        16,
                        8,
                        ImmutableList.of(
                                new InstanceChange(A, Membership.STAYED, ports("1024-1039"), ports("1024-1031")),
                                new InstanceChange(B, Membership.STAYED, ports("1040-1055"), ports("1040-1047")),
                                new InstanceChange(C, Membership.JOINED, PortSet.empty(), ports("1032-1039")))));

        AllocationChange shrinking = resize(A, B);
        assertThat(shrinking)
                .isEqualTo(new AllocationChange(
                        3,
                        2,
                        8,
                        16,
                        ImmutableList.of(
                                new InstanceChange(A, Membership.STAYED, ports("1024-1031"), ports("1024-1039")),
                                new InstanceChange(B, Membership.STAYED, ports("1040-1047"), ports("1040-1055")),
                                new InstanceChange(C, Membership.REMOVED, ports("1032-1039"), PortSet.empty()))));
    }

    /** C sits on what A lost and stays: A takes other free ports, and C's are not touched. */
    @Test
    void p6_portsThatWereLentToAnInstanceThatStaysAreReplaced() {
        resize(A, B);
        resize(A, B, C);
        AllocationChange change = resize(A, C);

        assertThat(change.instances())
                .containsExactly(
                        new InstanceChange(A, Membership.STAYED, ports("1024-1031"), ports("1024-1031", "1040-1047")),
                        new InstanceChange(B, Membership.REMOVED, ports("1040-1047"), PortSet.empty()),
                        new InstanceChange(C, Membership.STAYED, ports("1032-1039"), ports("1032-1039", "1048-1055")));
    }

    @Test
    void latestLossesAreTakenBackFirst() {
        TierTable three = TierTable.of(List.of(new Tier(1, 1, 32), new Tier(2, 2, 16), new Tier(3, 3, 8)));
        PortAllocator deep = new PortAllocator(new AllocationRules(three, RULES.range(), ReclaimedPart.LOWER, 0));
        assertThat(deep.resize(List.of(A)).portsPerInstanceAfter()).isEqualTo(32);
        assertThat(deep.resize(List.of(A), 2).portsPerInstanceAfter()).isEqualTo(16);
        PortSet atTwo = deep.portsOf(A);
        assertThat(deep.resize(List.of(A), 3).portsPerInstanceAfter()).isEqualTo(8);

        assertThat(deep.resize(List.of(A), 2).portsPerInstanceAfter()).isEqualTo(16);
        assertThat(deep.portsOf(A)).isEqualTo(atTwo).isEqualTo(ports("1040-1055"));
    }

    @Test
    void p6_instanceThatComesBackIsANewcomer() {
        resize(A, B);
        resize(B);
        AllocationChange change = resize(B, A);

        assertThat(change.instances())
                .containsExactly(new InstanceChange(A, Membership.JOINED, PortSet.empty(), ports("1024-1039")));
        assertThat(allocator.instances()).containsExactly(B, A);
    }

    @Test
    void orderOfMembersThatStayMeansNothing() {
        resize(A, B, C);
        AllocationChange change = resize(C, B, A);

        assertThat(change.instances()).isEmpty();
        assertThat(allocator.instances()).containsExactly(A, B, C);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_023, 1_056, 65_536, Integer.MAX_VALUE})
    void portThatNobodyOwnsHasNoOwner(int port) {
        resize(A, B);

        assertThat(allocator.ownerOf(port)).isEmpty();
    }

    @Test
    void ownersFollowAResize() {
        resize(A, B);
        assertThat(allocator.ownerOf(1_039)).contains(A);
        resize(A, B, C);
        assertThat(allocator.ownerOf(1_039)).contains(C);
        resize(B);
        assertThat(allocator.ownerOf(1_039)).isEmpty();
    }

    @Test
    void instanceNamedTwiceIsRefusedAndNothingChanges() {
        resize(A, B);
        ImmutableMap<IpAddress, PortSet> before = allocator.allocation();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> resize(A, B, A))
                .withMessage("an instance is named twice in [10.0.0.1, 10.0.0.2, 10.0.0.1]");
        assertThat(allocator.allocation()).isEqualTo(before);
    }

    @Test
    void poolThatTheRangeCannotServeIsRefusedAndNothingChanges() {
        PortAllocator tight = new PortAllocator(RULES.withRange(new PortRange(1_024, 1_024 + 30)));
        assertThat(tight.resize(List.of(A)).instances()).hasSize(1);
        ImmutableMap<IpAddress, PortSet> before = tight.allocation();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tight.resize(List.of(A, B)))
                .withMessage(
                        "2 instances with 16 ports each need 32 ports, 1024-1054 has 31: expected no more than that (P4);"
                                + " nearest valid: 1 instance at 16 ports each, or 8 ports each at 2 instances");
        assertThat(tight.allocation()).isEqualTo(before);
        assertThat(tight.resize(List.of(A, B, C)).portsPerInstanceAfter())
                .as("three need less than two")
                .isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReclaimedPart.class,
            names = {"UPPER", "LOWER"})
    void whatIfTellsTheChangeAndMakesNone(ReclaimedPart part) {
        PortAllocator asked = new PortAllocator(RULES.withReclaimedPart(part, 0));
        assertThat(asked.resize(List.of(A, B)).instances()).hasSize(2);
        ImmutableMap<IpAddress, PortSet> before = asked.allocation();
        AllocationChange foretold = asked.whatIf(List.of(B, C, D), 4);

        assertThat(asked.allocation()).isEqualTo(before);
        assertThat(asked.instances()).containsExactly(A, B);
        assertThat(asked.portsPerInstance()).isEqualTo(16);
        assertThat(asked.resize(List.of(B, C, D), 4)).isEqualTo(foretold);
    }

    @Test
    void whatIfDrawsNothingFromTheRandomOfResizes() {
        AllocationRules random = RULES.withReclaimedPart(ReclaimedPart.RANDOM, 3);
        PortAllocator asked = new PortAllocator(random);
        PortAllocator unasked = new PortAllocator(random);
        for (int round = 0; round < 3; round++) {
            assertThat(asked.resize(List.of(A, B))).isEqualTo(unasked.resize(List.of(A, B)));
            assertThat(asked.whatIf(List.of(A, B, C), 3).portsPerInstanceAfter())
                    .isEqualTo(8);
            assertThat(asked.resize(List.of(A, B, C))).isEqualTo(unasked.resize(List.of(A, B, C)));
        }
    }

    @Test
    void snapshotsAreNotMovedByLaterResizes() {
        resize(A, B);
        ImmutableMap<IpAddress, PortSet> allocation = allocator.allocation();
        PortSet owned = allocator.portsOf(A);
        resize(A, B, C);

        assertThat(allocation).containsEntry(A, owned).containsOnlyKeys(A, B);
        assertThat(owned).isEqualTo(ports("1024-1039"));
    }

    private AllocationChange resize(IpAddress... members) {
        return allocator.resize(List.of(members));
    }

    private static PortSet ports(String... ranges) {
        return PortSet.of(List.of(ranges).stream().map(PortRange::parse).toList());
    }
}
