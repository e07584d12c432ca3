package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which flows {@link Ahead} shows an admission: keys of flows only, and only where there are many slots. */
class AheadTest {
    private final List<Long> touched = new ArrayList<>();
    private final FlowStore store = new FlowStore();
    private final Ahead ahead = new Ahead(store, new Touched());
    private final FlowBatch batch = new FlowBatch(3);

    private final class Touched implements Admission {
        @Override
        public int take(long flow) {
            throw new AssertionError("nothing opens");
        }

        @Override
        public void giveBack(long flow, int port) {
            throw new AssertionError("nothing ends");
        }

        @Override
        public long idleNanos(long flow, boolean answered) {
            throw new AssertionError("nothing opens");
        }

        @Override
        public long touch(long flow) {
            touched.add(flow);
            return 1;
        }
    }

    private void enlarge() {
        while (!store.isLarge()) {
            store.grow();
        }
    }

    private void fillBatch() {
        batch.add(0, Kind.SYN, Side.INITIATOR, 11);
        batch.add(0, Kind.PACKET, Side.INITIATOR, 12);
        batch.add(0, Kind.SYN, Side.INITIATOR, 13);
    }

    @Test
    void aFlowThatEndedBeforeItsTimeIsNotShown() {
        enlarge();
        int live = store.insert(21);
        int ended = store.insert(22);
        store.remove(ended);

        ahead.loadMoving(new int[] {ended, live}, 0, 1);
        assertThat(touched).isEmpty();
        ahead.loadDue(new int[] {ended, live, ended}, 0, 2);
        assertThat(touched).containsExactly(21L);
    }

    @Test
    void ofABatchThoseThatMayOpenAreShown() {
        enlarge();
        fillBatch();
        ahead.loadEvents(batch, 0, 3);
        assertThat(touched).containsExactly(11L, 13L);
        ahead.loadOpening(14);
        assertThat(touched).hasSize(2);
    }

    @Test
    void aSmallStoreIsLeftAlone() {
        int live = store.insert(21);
        fillBatch();
        ahead.loadEvents(batch, 0, 3);
        ahead.loadDue(new int[] {live}, 0, 0);
        assertThat(touched).isEmpty();
    }
}
