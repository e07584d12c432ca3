package io.github.snatsim.metrics;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The use of ports per instance, frontend and destination, in short a pair: the key of its flows with the frontend's number in
 * place of the source port. What is live is counted exactly; the course over time is kept for the
 * first pairs only, so that memory does not grow with the number of destinations.
 */
final class DestinationUses {
    private static final int COURSES_MAX = 1_000;

    private record Name(IpAddress instance, Optional<IpAddress> frontend, Destination destination) {}

    /** What is remembered of a pair after its last flow. */
    private static final class Course {
        private final Timeline timeline = new Timeline();
        private long opened;
        private long refused;
        private int peak;
        private long exhaustedNanos;

        /** The pair while it has flows. */
        private @Nullable Live live;
    }

    /** A pair that has flows. */
    private static final class Live {
        private final long key;

        private final @Nullable Course course;
        private final int[] byState = new int[FlowState.values().length];
        private int count;
        private boolean full;
        private long fullSinceNanos;

        Live(long key, @Nullable Course course) {
            this.key = key;
            this.course = course;
        }
    }

    private final FlowKeys keys;
    private final FrontendNames frontends;
    private final BusiestDestinations busiest;
    private final LongMap<Live> live = new LongMap<>();
    private final Map<Name, Course> courses = new LinkedHashMap<>();

    private final OwnedPorts owned = new OwnedPorts();

    private int fullPairs;
    private long fullSinceNanos;
    private long exhaustedNanos;

    DestinationUses(FlowKeys keys, FrontendNames frontends, int ranksMax) {
        this.keys = keys;
        this.frontends = frontends;
        this.busiest = new BusiestDestinations(keys, frontends, ranksMax);
    }

    void portsAssigned(long timeNanos, int source, int frontend, int ports) {
        owned.set(frontend, source, ports);
        live.forEach(pair -> {
            if (FlowKeys.source(pair.key) == source && FlowKeys.frontendOfPair(pair.key) == frontend) {
                checkFull(timeNanos, pair);
            }
        });
    }

    void opened(long timeNanos, long key) {
        Live pair = live.get(key);
        if (pair == null) {
            Course course = course(key);
            pair = new Live(key, course);
            if (course != null) {
                course.live = pair;
            }
            live.put(key, pair);
        }
        pair.count++;
        pair.byState[FlowState.OPEN.ordinal()]++;
        if (pair.course != null) {
            pair.course.opened++;
            pair.course.peak = Math.max(pair.course.peak, pair.count);
        }
        changed(timeNanos, pair);
        busiest.opened(key, pair.count);
    }

    void refused(long key) {
        Live pair = live.get(key);
        Course course = pair != null ? pair.course : course(key);
        if (course != null) {
            course.refused++;
        }
    }

    void stateChanged(long timeNanos, long key, FlowState before, FlowState after) {
        Live pair = live.get(key);
        if (pair != null) {
            pair.byState[before.ordinal()]--;
            pair.byState[after.ordinal()]++;
            changed(timeNanos, pair);
        }
    }

    void ended(long timeNanos, long key, FlowState state) {
        Live pair = live.get(key);
        if (pair == null) {
            return;
        }
        pair.count--;
        pair.byState[state.ordinal()]--;
        changed(timeNanos, pair);
        if (pair.count == 0) {
            live.remove(key);
            busiest.gone(key);
            if (pair.course != null) {
                pair.course.live = null;
            }
        }
    }

    /** The course of a pair, a new one as long as there is room. */
    private @Nullable Course course(long key) {
        Name name = new Name(
                keys.sourceAddress(key), frontends.publicIp(FlowKeys.frontendOfPair(key)), keys.destinationOf(key));
        Course course = courses.get(name);
        if (course == null && courses.size() < COURSES_MAX) {
            course = new Course();
            courses.put(name, course);
        }
        return course;
    }

    private void changed(long timeNanos, Live pair) {
        checkFull(timeNanos, pair);
        if (pair.course != null) {
            pair.course.timeline.change(timeNanos, pair.byState[0], pair.byState[1], pair.byState[2]);
        }
    }

    private void checkFull(long timeNanos, Live pair) {
        int ports = owned.get(FlowKeys.frontendOfPair(pair.key), FlowKeys.source(pair.key));
        boolean full = pair.count > 0 && pair.count == ports;
        if (full && !pair.full) {
            pair.fullSinceNanos = timeNanos;
            if (fullPairs++ == 0) {
                fullSinceNanos = timeNanos;
            }
        } else if (!full && pair.full) {
            addExhausted(timeNanos, pair);
            if (--fullPairs == 0) {
                exhaustedNanos += timeNanos - fullSinceNanos;
            }
        }
        pair.full = full;
    }

    private static void addExhausted(long timeNanos, Live pair) {
        if (pair.course != null) {
            pair.course.exhaustedNanos += timeNanos - pair.fullSinceNanos;
        }
        pair.fullSinceNanos = timeNanos;
    }

    private void lastUntil(long timeNanos) {
        if (fullPairs > 0) {
            exhaustedNanos += timeNanos - fullSinceNanos;
            fullSinceNanos = timeNanos;
        }
        live.forEach(pair -> {
            if (pair.full) {
                addExhausted(timeNanos, pair);
            }
        });
    }

    /** Forgets the past but not what is in use. */
    void restart(long timeNanos) {
        lastUntil(timeNanos);
        exhaustedNanos = 0;
        busiest.restart();
        live.forEach(pair -> busiest.opened(pair.key, pair.count));
        courses.values().forEach(course -> {
            course.opened = 0;
            course.refused = 0;
            course.exhaustedNanos = 0;
            course.peak = course.live == null ? 0 : course.live.count;
            course.timeline.restart(timeNanos);
        });
    }

    /** How long at least one instance had no free port for at least one destination. */
    long exhaustedNanos(long timeNanos) {
        lastUntil(timeNanos);
        return exhaustedNanos;
    }

    ImmutableList<DestinationPeak> ranking() {
        return busiest.ranking();
    }

    /** The uses that are remembered, highest peak first. */
    ImmutableList<DestinationUse> uses(long timeNanos) {
        lastUntil(timeNanos);
        return courses.entrySet().stream()
                .map(entry -> use(timeNanos, entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((DestinationUse use) -> new DestinationPeak(
                                use.instance(), use.frontend(), use.destination(), use.portsUsedMax()))
                        .reversed())
                .collect(toImmutableList());
    }

    private static DestinationUse use(long timeNanos, Name name, Course course) {
        course.timeline.lastUntil(timeNanos);
        Live live = course.live;
        PortsByState atEnd =
                live == null ? PortsByState.NONE : new PortsByState(live.byState[0], live.byState[1], live.byState[2]);
        return new DestinationUse(
                name.instance(),
                name.frontend(),
                name.destination(),
                course.opened,
                course.refused,
                course.peak,
                course.exhaustedNanos,
                atEnd,
                course.timeline.result());
    }
}
