package io.github.snatsim.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.snatsim.plan.NlbAdvice.Kind;
import io.github.snatsim.plan.NlbAdvice.Occupancy;
import io.github.snatsim.plan.NlbAdvice.Option;
import io.github.snatsim.report.NlbAdviceText;
import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.sim.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rule N5: the advice, on the examples whose figures are derived by hand in their comments. */
class NlbAdvisorTest {
    private static Scenario example(String name) {
        return ScenarioFile.read(Path.of("docs/examples", name));
    }

    private static Option option(NlbAdvice advice, Kind kind) {
        return advice.options().stream()
                .filter(option -> option.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void n5_keepaliveFirstAndTheTimeoutOnlyWhereNoneCanBeHad() {
        NlbAdvice advice = NlbAdvisor.advise(example("15-load-balancer-late-sends.yaml"));

        assertThat(option(advice, Kind.AS_IS).resetsToClients()).isEqualTo(140);
        assertThat(option(advice, Kind.AS_IS).connections()).isEqualTo(150);
        Option keepalive = option(advice, Kind.KEEPALIVE);
        assertThat(keepalive.value()).as("a third of 350 s").isEqualTo(Duration.ofSeconds(116));
        assertThat(keepalive.possible()).isTrue();
        assertThat(keepalive.connections())
                .as("one for each client of each of ten devices")
                .isEqualTo(20);
        Option timeout = option(advice, Kind.TIMEOUT);
        assertThat(timeout.value()).as("silence lasts 359 s").isEqualTo(Duration.ofMinutes(6));
        assertThat(timeout.resetsToClients()).isZero();
        assertThat(timeout.connections()).isEqualTo(20);
        assertThat(advice.rejections()).isEmpty();
        assertThat(advice.decision())
                .startsWith("let clients send a keepalive every 116 s")
                .contains("set 360 s");
    }

    @Test
    void n6_theOptionsDifferInWhatOpeningCosts() {
        NlbAdvice advice = NlbAdvisor.advise(example("15-load-balancer-late-sends.yaml"));

        // TLS 1.2: 3 round trips and 4,128 bytes for each connection
        assertThat(option(advice, Kind.AS_IS).roundTrips()).isEqualTo(450);
        assertThat(option(advice, Kind.AS_IS).bytes()).isEqualTo(150 * 4_128);
        assertThat(option(advice, Kind.KEEPALIVE).roundTrips()).isEqualTo(60);
        assertThat(option(advice, Kind.KEEPALIVE).bytes()).isEqualTo(20 * 4_128);
    }

    @Test
    void n5_rejectionsAreAvoidedByATimeoutThatRunsConfirm() {
        NlbAdvice advice = NlbAdvisor.advise(example("17-load-balancer-long-timeout.yaml"));

        // 1,000 places of the fleet, 10 a second for the time-out and 1 s: 1,000 + 10 x (399 + 1) = 5,000 places
        NlbAdvice.Rejections rejections = advice.rejections().orElseThrow();
        assertThat(rejections.rejectedFlows()).isEqualTo(12_000);
        assertThat(rejections.confirmed()).contains(Duration.ofSeconds(399));
        assertThat(rejections.computed().orElseThrow().toSeconds()).isBetween(390L, 408L);
        // the fleet is silent for 359 s: a time-out as long would come first
        assertThat(option(advice, Kind.TIMEOUT).value()).isEqualTo(Duration.ofMinutes(6));
        assertThat(option(advice, Kind.TIMEOUT).rejectedFlows()).isZero();
        assertThat(advice.decision()).startsWith("set the time-out to 360 to 399 s");
    }

    /** Devices that report every six minutes to two listeners; those that vanish take a place for the time-out. */
    private static Scenario twoListeners(int flowsMax, int vanishing, String more) {
        return ScenarioFile.parse("""
                duration: 1h
                instances: 10
                network-load-balancer:
                  listeners:
                    - {arn: a, endpoint: "203.0.113.50:8883"}
                    - {arn: b, endpoint: "203.0.113.51:8883"}
                  targets: ["10.0.1.10:8883"]
                  flows-max: %d
                clients:
                  - {name: a, arrivals: {even: 1/6min}, destinations: "tcp 203.0.113.50:8883", connections: reuse, lifetime: 1s}
                  - {name: b, arrivals: {even: 1/6min}, destinations: "tcp 203.0.113.51:8883", connections: reuse, lifetime: 1s}
                  - {name: gone, arrivals: {even: %d/s}, destinations: "tcp 203.0.113.51:8883", close: none, timeout: 1s}
                %s""".formatted(flowsMax, vanishing, more), "two.yaml");
    }

    @Test
    void n5_allListenersOfTcpAreAdvisedOnTogether() {
        NlbAdvice advice = NlbAdvisor.advise(twoListeners(100_000, 1, ""));

        assertThat(advice.listenerArns()).containsExactly("a", "b");
        assertThat(option(advice, Kind.AS_IS).resetsToClients()).isEqualTo(100);
        assertThat(option(advice, Kind.KEEPALIVE).resetsToClients()).isZero();
        assertThat(option(advice, Kind.TIMEOUT).resetsToClients()).isZero();
        assertThat(advice.decision()).startsWith("let clients send a keepalive every 116 s");
    }

    @Test
    void n5_whereNoTimeoutHelpsItSaysSo() {
        // 10 openings a second hold 600 places at the shortest time-out
        NlbAdvice advice = NlbAdvisor.advise(twoListeners(300, 1, ""));

        assertThat(advice.rejections().orElseThrow().computed()).isEmpty();
        assertThat(advice.rejections().orElseThrow().confirmed()).isEmpty();
        assertThat(advice.decision()).startsWith("neither keepalives nor a time-out help");
        assertThat(NlbAdviceText.of(advice))
                .contains("no time-out would avoid it; in runs each that is allowed rejects");
    }

    @Test
    void n5_shorterIsAdvisedWithAKeepaliveWhereOneTimeoutCannotDoBoth() {
        // 10 openings a second hold 3,500 places at 350 s, and with the devices' 20 no more than about 2,000 are there
        NlbAdvice advice = NlbAdvisor.advise(twoListeners(2_000, 1, ""));

        assertThat(advice.rejections().orElseThrow().confirmed().orElseThrow().toSeconds())
                .isBetween(195L, 200L);
        assertThat(advice.decision()).startsWith("shorten the time-out to 19").contains("keepalive");
    }

    @Test
    void aListenerThatAnActionChangesCannotBeAdvisedOn() {
        Scenario scenario = twoListeners(
                100_000,
                1,
                "actions: [{at: 30min, modify-listener: {arn: a, attributes: {tcp.idle_timeout.seconds: '60'}}}]");
        assertThatThrownBy(() -> NlbAdvisor.advise(scenario))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one time-out for the whole run");
    }

    @Test
    void n5_occupancyFollowsTheTimeout() {
        NlbAdvice advice = NlbAdvisor.advise(example("15-load-balancer-late-sends.yaml"));

        assertThat(advice.occupancy())
                .extracting(occupancy -> occupancy.timeout().toSeconds())
                .containsExactly(60L, 120L, 350L, 600L, 1_800L, 6_000L);
        Occupancy today = advice.occupancy().get(2);
        // 150 connections in an hour, each for 1 s and 350 s
        assertThat(today.simulatedFlows()).isCloseTo(150 * 351 / 3_600.0, within(0.01));
        assertThat(today.predictedFlows()).isCloseTo(today.simulatedFlows(), within(0.01));
    }

    @Test
    void n5_nothingToDoIsSaid() {
        assertThat(NlbAdvisor.advise(example("16-load-balancer-keepalive.yaml")).decision())
                .startsWith("nothing to do");
    }

    @Test
    void aScenarioWithoutALoadBalancerCannotBeAdvisedOn() {
        assertThatThrownBy(() -> NlbAdvisor.advise(example("01-unpooled-script.yaml")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("network-load-balancer");
    }
}
