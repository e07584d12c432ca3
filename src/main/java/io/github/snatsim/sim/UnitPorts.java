package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.FirewallGateway;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.gateway.SnatGateway;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.PortSet;

/** Whose SNAT ports the units of a service take: each its own, or all those of a firewall (rules G1, G3). */
interface UnitPorts {
    Gateway gateway();

    /** A unit takes part from now on. */
    void add(IpAddress unit);

    /** How many ports a unit could take now to a destination. */
    int free(IpAddress unit, Destination destination);

    /** Whose ports a unit takes: who waits for them waits together. */
    IpAddress owner(IpAddress unit);

    static UnitPorts of(ApiManagementSetup setup) {
        return setup.service()
                .active(ApiMitigation.Firewall.class)
                .<UnitPorts>map(
                        mitigation -> new OfFirewall(new FirewallGateway(mitigation.firewall(), setup.profile())))
                .orElseGet(() -> new OfUnits(setup.service(), setup.profile()));
    }

    /** Each unit has ports of its own; behind an endpoint of the VNet no backend needs any. */
    final class OfUnits implements UnitPorts {
        private static final IpPrefix EVERYWHERE = IpPrefix.parse("0.0.0.0/0");

        private final SnatGateway gateway;
        private final PortSet ports;

        OfUnits(ApiManagement service, SnatProfile profile) {
            gateway = new SnatGateway(
                    service.bypassesSnat() ? profile.withUntranslated(ImmutableList.of(EVERYWHERE)) : profile);
            ports = PortSet.of(AllocationRules.EPHEMERAL).lowest(service.portsPerUnit());
        }

        @Override
        public Gateway gateway() {
            return gateway;
        }

        @Override
        public void add(IpAddress unit) {
            gateway.own(unit, ports);
        }

        @Override
        public int free(IpAddress unit, Destination destination) {
            return ports.size() - gateway.ports().portsUsed(unit, destination);
        }

        @Override
        public IpAddress owner(IpAddress unit) {
            return unit;
        }
    }

    /** All units take the ports of one firewall. */
    final class OfFirewall implements UnitPorts {
        private final FirewallGateway gateway;

        OfFirewall(FirewallGateway gateway) {
            this.gateway = gateway;
        }

        @Override
        public Gateway gateway() {
            return gateway;
        }

        @Override
        public void add(IpAddress unit) {
            gateway.connect(unit);
        }

        @Override
        public int free(IpAddress unit, Destination destination) {
            return gateway.portsFree(destination);
        }

        @Override
        public IpAddress owner(IpAddress unit) {
            return FirewallGateway.ADDRESS;
        }
    }
}
