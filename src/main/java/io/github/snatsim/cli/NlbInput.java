package io.github.snatsim.cli;

import io.github.snatsim.sim.NlbSetup;
import io.github.snatsim.sim.Scenario;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A scenario that must have a load balancer. */
final class NlbInput {
    @Mixin
    private ScenarioInput input = new ScenarioInput();

    /** Made by the command line parser. */
    NlbInput() {}

    String name() {
        return input.name();
    }

    Scenario read() {
        Scenario scenario = input.read();
        setup(scenario);
        return scenario;
    }

    Optional<String> text(Scenario scenario) {
        return input.text(scenario);
    }

    NlbSetup setup(Scenario scenario) {
        if (scenario.gateway() instanceof NlbSetup setup) {
            return setup;
        }
        throw new InputException(name() + ": has no network-load-balancer", null);
    }
}
