package io.github.snatsim.metrics;

import java.util.Arrays;

/** How many ports each source owns of each frontend: 4 bytes for each source of a frontend that has ports. */
final class OwnedPorts {
    /** What {@link #get} returns where nobody said. */
    static final int UNKNOWN = -1;

    /** By frontend, then by source number. */
    private int[][] ports = {{}};

    void set(int frontend, int source, int count) {
        int known = ports.length;
        if (frontend >= known) {
            ports = Arrays.copyOf(ports, frontend + 1);
            Arrays.fill(ports, known, ports.length, new int[0]);
        }
        int[] ofFrontend = ports[frontend];
        if (source >= ofFrontend.length) {
            int sources = ofFrontend.length;
            ofFrontend = Arrays.copyOf(ofFrontend, Math.max(source + 1, sources * 2));
            Arrays.fill(ofFrontend, sources, ofFrontend.length, UNKNOWN);
            ports[frontend] = ofFrontend;
        }
        ofFrontend[source] = count;
    }

    int get(int frontend, int source) {
        return frontend < ports.length && source < ports[frontend].length ? ports[frontend][source] : UNKNOWN;
    }
}
