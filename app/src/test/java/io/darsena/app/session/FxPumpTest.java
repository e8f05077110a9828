package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FxPumpTest {

    private final Deque<Runnable> hops = new ArrayDeque<>();
    private final FxPump pump = FxPump.by(hops::add);

    @AfterEach
    void close() {
        pump.close();
    }

    private void land() {
        while (!hops.isEmpty()) {
            hops.removeFirst().run();
        }
    }

    @Test
    void eventsAllArriveInOrderAndShareOneHop() {
        List<Integer> seen = new ArrayList<>();
        Consumer<Integer> gate = pump.ordered(seen::add);
        IntStream.range(0, 5).forEach(gate::accept);
        assertThat(hops).hasSize(1);
        land();
        gate.accept(5);
        land();
        assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void ofMetricsOnlyTheNewestArrives() {
        List<String> seen = new ArrayList<>();
        Consumer<String> gate = pump.latest(seen::add);
        gate.accept("old");
        gate.accept("new");
        land();
        gate.accept("newer");
        land();
        assertThat(seen).containsExactly("new", "newer");
    }

    @Test
    void ofLogsTheNewestArriveInBatchesAndInOrder() {
        List<List<Integer>> seen = new ArrayList<>();
        Consumer<List<Integer>> gate = pump.batched(3, seen::add);
        gate.accept(List.of(1, 2));
        gate.accept(List.of(3, 4));
        land();
        assertThat(seen).containsExactly(List.of(2, 3, 4));
    }

    @Test
    void whatArrivesWhileADeliveryRunsIsDeliveredNext() {
        List<Integer> seen = new ArrayList<>();
        List<Consumer<Integer>> gates = new ArrayList<>();
        gates.add(pump.ordered(item -> {
            seen.add(item);
            if (item == 1) {
                gates.getFirst().accept(2);
            }
        }));
        gates.getFirst().accept(1);
        land();
        assertThat(seen).containsExactly(1, 2);
    }
}
