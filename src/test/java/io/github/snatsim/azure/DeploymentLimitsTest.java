package io.github.snatsim.azure;

import static io.github.snatsim.azure.Traffic.vms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.IpAddress;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large a deployment can grow: what goes beyond is refused, and refused before it costs anything. */
class DeploymentLimitsTest {
    @Test
    void aScaleOutBehindTheHighestAddressIsRefused() {
        RoleInstance last = new RoleInstance(
                "vm-1",
                "vm",
                InstanceKind.VM,
                IpAddress.parse("255.255.255.254"),
                ImmutableList.of(),
                Optional.empty());
        Deployment deployment = new Deployment(
                ImmutableList.of(),
                ImmutableList.of(new Role("vm", InstanceKind.VM, ImmutableList.of())),
                ImmutableList.of(last),
                BigDecimal.ONE);

        Deployment full = deployment.with(new DeploymentChange.ScaleOut("vm", 1));
        assertThat(full.instance("vm-2").address()).isEqualTo(IpAddress.parse("255.255.255.255"));
        for (DeploymentChange change :
                List.of(new DeploymentChange.ScaleOut("vm", 1), new DeploymentChange.AddInstance("vm", "x"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> full.with(change))
                    .withMessageContaining("255.255.255.255");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deployment.with(new DeploymentChange.ScaleOut("vm", 2)))
                .withMessageContaining("255.255.255.254");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_533, Integer.MAX_VALUE})
    void aScaleOutBeyondAllAddressesIsRefusedBeforeItIsBuilt(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vms(0).with(new DeploymentChange.ScaleOut("vm", count)))
                .withMessageContaining(count + " instances")
                .withMessageContaining("65532");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vms(1).with(new DeploymentChange.ScaleOut("vm", count)))
                .withMessageContaining("65532");
    }
}
