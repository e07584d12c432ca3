package io.github.snatsim.azure;

import static io.github.snatsim.azure.Traffic.WEB;
import static io.github.snatsim.azure.Traffic.ownIp;
import static io.github.snatsim.azure.Traffic.vms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.SnatPort;
import io.github.snatsim.net.IpAddress;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which public IPs a deployment cannot have: the one that the platform assigns (S3), and more than the gateway has numbers for. */
class PublicIpLimitsTest {
    private static LongStream seeds() {
        return LongStream.range(0, 254 * 4);
    }

    @Test
    void s3_theSharedAddressIsNoInstanceLevelIp() {
        // Whatever the seed draws of 254 addresses, it is not the one that an instance has already.
        IpAddress taken = IpAddress.parse("192.0.2.99");
        Deployment deployment = vms(2).with(new DeploymentChange.AssignInstanceLevelIp("vm-1", taken));
        assertThat(seeds().filter(seed -> new DeploymentGateway(deployment, OutboundRules.classic(), seed)
                        .sharedAddress()
                        .equals(taken)))
                .as("seeds that draw it")
                .isEmpty();
    }

    @Test
    void s3_theSharedAddressCannotBeChosen() {
        // Refused for the whole block, not just the one address: what a scenario may do does not depend on its seed.
        Traffic traffic = Traffic.of(vms(2));
        for (IpAddress address :
                List.of(traffic.gateway.sharedAddress(), IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> traffic.gateway.change(new DeploymentChange.AssignInstanceLevelIp("vm-1", address)))
                    .withMessageContaining(address.toString())
                    .withMessageContaining("S3");
        }
    }

    @Test
    void moreIpsThanTheGatewayCanTellApartAreRefused() {
        // The shared address, two endpoints, and an IP for each of so many that one more does not fit.
        int most = SnatPort.FRONTENDS_MAX - 3;
        Deployment fits = withOwnIps(most);
        DeploymentGateway gateway = new DeploymentGateway(fits, OutboundRules.classic(), 1);
        Traffic traffic = new Traffic(gateway);
        assertThat(traffic.open("vm-" + most, 5_000, WEB)).isEqualTo(Outcome.OPENED);
        assertThat(traffic.gateway.publicIpOf("vm-" + most)).contains(IpAddress.ofIpv4(0x14000000 + most));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeploymentGateway(withOwnIps(most + 1), OutboundRules.classic(), 1))
                .withMessageContaining("public IPs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway.change(ownIp("vm-1")))
                .withMessageContaining("public IPs");
        assertThat(gateway.deployment()).isEqualTo(fits);
    }

    private static Deployment withOwnIps(int count) {
        return new Deployment(
                Traffic.TWO_ENDPOINTS,
                ImmutableList.of(new Role("vm", InstanceKind.VM, ImmutableList.of())),
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> new RoleInstance(
                                "vm-" + i,
                                "vm",
                                InstanceKind.VM,
                                IpAddress.ofIpv4(0x0a000003 + i),
                                ImmutableList.of(),
                                Optional.of(IpAddress.ofIpv4(0x14000000 + i))))
                        .collect(ImmutableList.toImmutableList()),
                BigDecimal.ONE);
    }
}
