package io.github.snatsim.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureFirewallTest {
    @Test
    void g3_theArticleSays64000() {
        assertThat(AzureFirewall.article().ports()).isEqualTo(64_000);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 4992", // 2,496 x 1 x 2
        "1, 25, 62400", // 2,496 x 25
        "250, 2, 1248000", // 2,496 x 250 x 2
        "250, 25, 15600000",
    })
    void g3_todaysDocumentationSays2496ForEachPublicIpAndInstance(int publicIps, int instances, int ports) {
        assertThat(AzureFirewall.documented(publicIps, instances).ports()).isEqualTo(ports);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "251, 2", "1, 1", "1, 26", "-1, 2", "1, -2147483648"})
    void numbersOutOfRangeAreRefused(int publicIps, int instances) {
        assertThatThrownBy(() -> AzureFirewall.documented(publicIps, instances))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 64513", "0, 1"})
    void portsOutOfRangeAreRefused(int publicIps, int ports) {
        assertThatThrownBy(() -> new AzureFirewall(publicIps, ports)).hasMessageContaining("expected");
    }
}
