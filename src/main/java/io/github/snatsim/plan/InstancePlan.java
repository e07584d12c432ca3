package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is planned for instances that are alike. Immutable; threads may share it.
 *
 * @param instance what each owns and asks
 * @param destinations each destination, the highest load first
 * @param pools the sizes of a pool that carry all of it; empty where {@code withoutPools} says why
 * @param withoutPools why no sizes are planned
 * @param alert the port use at which the target share begins; empty for a target of 0
 * @param udpPortsNeededOnePerFlow ports needed if no UDP flows share one (T7); empty without UDP, or if no number is enough
 */
public record InstancePlan(
        InstanceDemand instance,
        ImmutableList<DestinationPlan> destinations,
        Optional<CommonPools> pools,
        Optional<WithoutPools> withoutPools,
        Optional<AlertThreshold> alert,
        OptionalInt udpPortsNeededOnePerFlow) {
    /** Why the sizes of a pool are not planned. Immutable; threads may share it. */
    public enum WithoutPools {
        /** T8. */
        NOTHING_ASKED("nothing asks for ports"),
        /** S1. */
        NO_TRANSLATION("behind an instance-level IP ports are the host's own, whatever the pool's size"),
        /** G1. */
        UNITS("units of a service have ports of their own"),
        /** G3. */
        FIREWALL("all instances share the ports of a firewall, however many they are"),
        /** By role, or by method: S2, S7. */
        INSTANCES_DIFFER("instances of several kinds share the public IP"),
        /** S2, P8. */
        SIZE_DOES_NOT_DECIDE("ports do not follow the pool's size alone: several frontends, or a redeployment"),
        /** C2. */
        NOT_SHARED_OUT(
                "bursts, recorded requests and workers belong to their instance and are not shared by a larger pool");

        private final String sentence;

        WithoutPools(String sentence) {
            this.sentence = sentence;
        }

        /**
         * Returns the reason for people.
         *
         * @return a sentence without a full stop
         */
        public String sentence() {
            return sentence;
        }
    }

    /**
     * Returns the fewest ports that are enough for every destination: they share ports (T2).
     *
     * @return ports per instance, 0 if nothing asks for any; empty if no number is enough
     */
    public OptionalInt portsNeeded() {
        int most = 0;
        for (DestinationPlan destination : destinations) {
            OptionalInt needed = destination.normal().portsNeeded();
            if (needed.isEmpty()) {
                return needed;
            }
            most = Math.max(most, needed.getAsInt());
        }
        return OptionalInt.of(most);
    }
}
