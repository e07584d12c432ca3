package io.github.snatsim.port;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.AllocationChange.InstanceChange;
import io.github.snatsim.port.AllocationChange.Membership;
import io.github.snatsim.port.TierTable.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An allocation as it stood, one array element per port, and what the rules say of it. Slow, and without the
 * allocator's own arithmetic: the reference of {@link PortAllocatorRandomTest}.
 *
 * <p>The laws are methods that return what is broken, in words.
 */
final class AllocationSnapshot {
    private final AllocationRules rules;

    /** What the rules say of ports per instance, row by row, apart from the code's table. */
    private final List<Tier> rows;

    private final int reportedSize;

    /** In the order in which they joined. */
    private final ImmutableList<IpAddress> members;

    /** Of port {@code first + i} of the range at {@code i}. */
    private final IpAddress[] owners;

    private final Map<IpAddress, BitSet> portsByMember = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    /** Asks the allocator for everything; {@code reportedSize} is what it was last told. */
    AllocationSnapshot(PortAllocator allocator, List<Tier> rows, int reportedSize) {
        this.rules = allocator.rules();
        this.rows = rows;
        this.reportedSize = reportedSize;
        members = allocator.instances().asList();
        owners = new IpAddress[rules.range().size()];
        for (IpAddress member : members) {
            portsByMember.put(member, bits(allocator.portsOf(member)));
            portsByMember.get(member).stream().forEach(port -> own(port, member));
        }
    }

    private void own(int port, IpAddress member) {
        if (!rules.range().contains(port)) {
            broken.add("port " + port + " of " + member + " is outside " + rules.range());
            return;
        }
        int index = port - rules.range().first();
        if (owners[index] != null) {
            broken.add("port " + port + " belongs to " + owners[index] + " and " + member);
        }
        owners[index] = member;
    }

    ImmutableList<IpAddress> members() {
        return members;
    }

    int reportedSize() {
        return reportedSize;
    }

    /** Tells whether everybody owns the same ports here and there. */
    boolean sameAs(AllocationSnapshot other) {
        return reportedSize == other.reportedSize
                && members.equals(other.members)
                && portsByMember.equals(other.portsByMember);
    }

    /** Rules P1, P2 and P8. */
    static int portsPerInstance(List<Tier> rows, int reportedSize) {
        for (Tier row : rows) {
            if (row.poolSizeMin() <= reportedSize && reportedSize <= row.poolSizeMax()) {
                return row.portsPerInstance();
            }
        }
        return 0;
    }

    private int portsPerInstance() {
        return portsPerInstance(rows, reportedSize);
    }

    /** What the allocation breaks by itself: P1, P4, one owner per port, the same answer in both directions. */
    List<String> brokenAlone(PortAllocator allocator, boolean aligned) {
        List<String> all = new ArrayList<>(broken);
        if (allocator.portsPerInstance() != portsPerInstance()) {
            all.add("P1: ports per instance are " + allocator.portsPerInstance() + ", not " + portsPerInstance());
        }
        for (IpAddress member : members) {
            int count = portsByMember.get(member).cardinality();
            if (count != portsPerInstance()) {
                all.add("P1: " + member + " owns " + count + " ports, not " + portsPerInstance());
            }
            for (PortRange range : allocator.portsOf(member).ranges()) {
                if (aligned && (range.first() % 8 != 0 || range.size() % 8 != 0)) {
                    all.add("P4: " + range + " of " + member + " is not aligned to 8");
                }
            }
        }
        if (!allocator.allocation().keySet().asList().equals(members)) {
            all.add("allocation() has " + allocator.allocation().keySet() + ", not " + members);
        }
        allocator.allocation().forEach((member, ports) -> {
            if (!ports.equals(allocator.portsOf(member))) {
                all.add("allocation() gives " + member + " " + ports + ", portsOf " + allocator.portsOf(member));
            }
        });
        IpAddress[] answers = new IpAddress[owners.length];
        Arrays.setAll(answers, i -> allocator.ownerOf(rules.range().first() + i).orElse(null));
        if (!Arrays.equals(owners, answers)) {
            int i = Arrays.mismatch(owners, answers);
            all.add("ownerOf says that port " + (rules.range().first() + i) + " is owned by " + answers[i] + ", not "
                    + owners[i]);
        }
        if (allocator.ownerOf(rules.range().first() - 1).isPresent()
                || allocator.ownerOf(rules.range().last() + 1).isPresent()) {
            all.add("ownerOf knows owners of ports beyond " + rules.range());
        }
        return all;
    }

    /** What the step from another allocation to this one breaks: P5, P6, P7, and who is a member now. */
    List<String> brokenSince(AllocationSnapshot before, List<IpAddress> wanted) {
        List<String> all = new ArrayList<>();
        List<IpAddress> stayed = new ArrayList<>(before.members);
        stayed.retainAll(ImmutableSet.copyOf(wanted));
        List<IpAddress> order = new ArrayList<>(stayed);
        wanted.stream()
                .filter(member -> !before.portsByMember.containsKey(member))
                .forEach(order::add);
        if (!order.equals(members)) {
            all.add("members are " + members + ", not " + order);
        }
        for (IpAddress member : stayed) {
            BitSet old = before.portsByMember.get(member);
            BitSet now = portsByMember.getOrDefault(member, new BitSet());
            int difference = Integer.compare(portsPerInstance(), before.portsPerInstance());
            String rule = difference < 0 ? "P5" : difference > 0 ? "P6" : "P7";
            boolean legal = switch (rule) {
                case "P5" -> now.equals(kept(old, now));
                case "P6" -> minus(old, now).isEmpty();
                default -> now.equals(old);
            };
            if (!legal) {
                all.add(rule + ": " + member + " had " + ports(old) + ", has " + ports(now));
            }
        }
        return all;
    }

    /** What P5 leaves of some ports; of a random part all that can be said is that it is a part. */
    private BitSet kept(BitSet old, BitSet now) {
        int[] ports = old.stream().toArray();
        int count = Math.min(portsPerInstance(), ports.length);
        return switch (rules.reclaimedPart()) {
            case UPPER -> bits(Arrays.copyOf(ports, count));
            case LOWER -> bits(Arrays.copyOfRange(ports, ports.length - count, ports.length));
            case RANDOM -> bits(now.stream().filter(old::get).toArray());
        };
    }

    /** The change from another allocation to this one, as an allocator must tell it. */
    AllocationChange since(AllocationSnapshot before) {
        ImmutableList.Builder<InstanceChange> changes = ImmutableList.builder();
        for (IpAddress member : before.members) {
            BitSet old = before.portsByMember.get(member);
            BitSet now = portsByMember.get(member);
            if (now == null) {
                changes.add(new InstanceChange(member, Membership.REMOVED, ports(old), PortSet.empty()));
            } else if (!now.equals(old)) {
                changes.add(new InstanceChange(member, Membership.STAYED, ports(old), ports(now)));
            }
        }
        for (IpAddress member : members) {
            if (!before.portsByMember.containsKey(member)) {
                PortSet now = ports(portsByMember.get(member));
                changes.add(new InstanceChange(member, Membership.JOINED, PortSet.empty(), now));
            }
        }
        return new AllocationChange(
                before.reportedSize, reportedSize, before.portsPerInstance(), portsPerInstance(), changes.build());
    }

    /** What is wrong with a change's own differences, taken port by port. */
    static List<String> brokenDifferences(AllocationChange change) {
        List<String> all = new ArrayList<>();
        for (InstanceChange instance : change.instances()) {
            BitSet before = bits(instance.before());
            BitSet after = bits(instance.after());
            if (!bits(instance.reclaimed()).equals(minus(before, after))) {
                all.add("reclaimed() of " + instance + " is " + instance.reclaimed());
            }
            if (!bits(instance.gained()).equals(minus(after, before))) {
                all.add("gained() of " + instance + " is " + instance.gained());
            }
        }
        return all;
    }

    private static BitSet minus(BitSet left, BitSet right) {
        BitSet difference = (BitSet) left.clone();
        difference.andNot(right);
        return difference;
    }

    private static BitSet bits(int[] ports) {
        BitSet bits = new BitSet();
        Arrays.stream(ports).forEach(bits::set);
        return bits;
    }

    private static BitSet bits(PortSet set) {
        BitSet bits = new BitSet();
        set.ranges().forEach(range -> bits.set(range.first(), range.last() + 1));
        return bits;
    }

    private static PortSet ports(BitSet bits) {
        List<PortRange> runs = new ArrayList<>();
        int first = bits.nextSetBit(0);
        while (first >= 0) {
            int end = bits.nextClearBit(first);
            runs.add(new PortRange(first, end - 1));
            first = bits.nextSetBit(end);
        }
        return PortSet.of(runs);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("reported as " + reportedSize);
        members.forEach(
                member -> text.append("; ").append(member).append(" ").append(ports(portsByMember.get(member))));
        return text.toString();
    }
}
