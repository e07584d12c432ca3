/**
 * Simulates how cloud gateways hand out SNAT ports: who owns which ports, who holds which port until when, and which
 * flow is refused when none is left.
 */
module io.github.snatsim {
    // guava's immutable collections are part of the API
    requires transitive com.google.common;
    requires org.slf4j;
    // annotations only: nothing is needed at run time
    requires static org.jspecify;
    // optional: results as tables
    requires static de.siegmar.fastcsv;
    // optional: reading JSON logs and writing JSON results
    requires static com.fasterxml.jackson.core;
    // optional: the command line's own, carried by the cli jar
    requires static info.picocli;
    // optional: reading scenario files
    requires static org.snakeyaml.engine;

    exports io.github.snatsim.aws;
    exports io.github.snatsim.azure;
    exports io.github.snatsim.flow;
    exports io.github.snatsim.gateway;
    exports io.github.snatsim.metrics;
    exports io.github.snatsim.net;
    exports io.github.snatsim.plan;
    exports io.github.snatsim.port;
    exports io.github.snatsim.report;
    exports io.github.snatsim.scenario;
    exports io.github.snatsim.sim;
    exports io.github.snatsim.time;
    exports io.github.snatsim.trace;
    exports io.github.snatsim.workload;

    // picocli fills the commands' fields and calls their setters by reflection
    opens io.github.snatsim.cli to
            info.picocli;
}
